package org.migratecheck.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.migratecheck.model.Report;

/**
 * The report as one self-contained HTML file, from {@code templates/report.ftlh} and {@code
 * report.css}. All values are escaped by the template's output format; a template can run no code.
 */
public final class HtmlReport {
  private final Path templates;

  /** Creates a renderer that reads templates from {@code templates}. */
  public HtmlReport(Path templates) {
    this.templates = templates;
  }

  /**
   * Returns the page; equal reports give equal pages.
   *
   * @throws IOException when a template cannot be read or is wrong; the message names it
   */
  public String render(Report report) throws IOException {
    String css = Files.readString(templates.resolve("report.css"));
    StringWriter out = new StringWriter();
    try {
      configuration()
          .getTemplate("report.ftlh")
          .process(Map.of("page", new HtmlPage(report), "css", css, "cssHash", sha256(css)), out);
    } catch (TemplateException e) {
      throw new IOException("template report.ftlh: " + e.getMessageWithoutStackTop(), e);
    }
    return out.toString();
  }

  private Configuration configuration() throws IOException {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setDirectoryForTemplateLoading(templates.toFile());
    configuration.setDefaultEncoding("UTF-8");
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setNumberFormat("computer");
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    DefaultObjectWrapperBuilder wrapper =
        new DefaultObjectWrapperBuilder(Configuration.VERSION_2_3_34);
    wrapper.setExposeFields(false);
    configuration.setObjectWrapper(wrapper.build());
    return configuration;
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
