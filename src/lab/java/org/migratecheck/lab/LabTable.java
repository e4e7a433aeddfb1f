package org.migratecheck.lab;

import java.util.List;

/** A table of the lab's report: headings, and how wide the columns are at most. */
enum LabTable {
  FAULTS(
      List.of("fault", "verdict", "found by", "real virsh migrate", "after the fix", "then"),
      List.of(30, 13, 34, 64, 22, 18)),
  RECORDED(
      List.of("fault on recorded output", "found by", "why it is not made here", "tested by"),
      List.of(34, 34, 60, 60)),
  HEALTHY(
      List.of("healthy variant", "verdict", "warnings", "real virsh migrate"),
      List.of(34, 13, 60, 40)),
  COMBINATIONS(
      List.of("combination", "verdict", "named", "real virsh migrate", "faults"),
      List.of(12, 13, 8, 60, 150)),
  FORECASTS(
      List.of(
          "forecast of a guest",
          "link MiB/s",
          "forecast",
          "certain",
          "live s",
          "pause s",
          "really",
          "took s",
          "stood s",
          "sent MiB"),
      List.of(36, 16, 18, 8, 8, 8, 18, 8, 8, 8));

  private final List<String> headings;
  private final List<Integer> widths;

  LabTable(List<String> headings, List<Integer> widths) {
    this.headings = headings;
    this.widths = widths;
  }

  /** Returns the line of headings. */
  String head() {
    return line("s", headings);
  }

  /** Returns a line; too long cells are cut. */
  String line(Object seconds, List<String> cells) {
    var text = new StringBuilder("%4s  ".formatted(seconds));
    for (int n = 0; n < cells.size(); n++) {
      int width = widths.get(n);
      String cell = cells.get(n);
      text.append(cell.length() <= width ? cell : cell.substring(0, width - 1) + "…");
      text.append(" ".repeat(Math.max(1, width + 1 - cell.length())));
    }
    return text.toString().stripTrailing() + System.lineSeparator();
  }
}
