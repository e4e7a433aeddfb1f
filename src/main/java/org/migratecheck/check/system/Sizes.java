package org.migratecheck.check.system;

import java.math.BigInteger;
import java.util.Locale;
import org.migratecheck.facts.Undetermined;

/** Sizes as libvirt's XML writes them: a number and a unit. */
public final class Sizes {
  private static final BigInteger KIB = BigInteger.valueOf(1024);

  private Sizes() {}

  /**
   * Returns a size in KiB, rounded up.
   *
   * @throws Undetermined for what is no size
   */
  public static long kib(String number, String unit) {
    if (!number.matches("[0-9]{1,24}")) {
      throw new Undetermined("the guest's XML has a size that is no number");
    }
    BigInteger bytes = new BigInteger(number).multiply(unit(unit));
    return bytes
        .add(KIB.subtract(BigInteger.ONE))
        .divide(KIB)
        .min(BigInteger.valueOf(1L << 52))
        .longValue();
  }

  private static BigInteger unit(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "b", "bytes" -> BigInteger.ONE;
      case "kb" -> BigInteger.TEN.pow(3);
      case "k", "kib", "" -> KIB;
      case "mb" -> BigInteger.TEN.pow(6);
      case "m", "mib" -> KIB.pow(2);
      case "gb" -> BigInteger.TEN.pow(9);
      case "g", "gib" -> KIB.pow(3);
      case "tb" -> BigInteger.TEN.pow(12);
      case "t", "tib" -> KIB.pow(4);
      default -> throw new Undetermined("the guest's XML has a size in an unknown unit");
    };
  }
}
