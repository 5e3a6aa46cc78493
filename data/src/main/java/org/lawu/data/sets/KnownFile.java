package org.lawu.data.sets;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.lawu.data.file.Gzip;
import org.lawu.error.ArgumentException;
import org.lawu.error.FormatException;

/**
 * A file whose content is known, and where it can be had.
 *
 * @param name its name in a folder
 * @param address where it is downloaded from
 * @param sha256 the SHA-256, 64 hexadecimal digits, of the file or, where it is packed by gzip, of
 *     its content: the same content can be packed in many ways
 */
public record KnownFile(String name, URI address, String sha256) {
  private static final String PACKED = ".gz";

  /**
   * Checks the digest's form.
   *
   * @throws ArgumentException if it is not 64 hexadecimal digits in lower case
   */
  public KnownFile {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new ArgumentException(
          "known file %s: a SHA-256 has 64 hexadecimal digits in lower case, got %s"
              .formatted(name, sha256));
    }
  }

  /** A file at an address that is given as text. */
  public KnownFile(String name, String address, String sha256) {
    this(name, URI.create(address), sha256);
  }

  /** The file in a folder, unpacked (without {@code .gz} at the end of its name) or as it is. */
  public Optional<Path> in(Path folder) {
    Path plain =
        folder.resolve(
            name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name);
    if (Files.exists(plain)) {
      return Optional.of(plain);
    }
    return Optional.of(folder.resolve(name)).filter(Files::exists);
  }

  /**
   * Checks that a file is this one.
   *
   * @throws FormatException if its SHA-256 is another
   * @throws IOException if it cannot be read
   */
  public void check(Path file) throws IOException {
    String fault = fault(file);
    if (!fault.isEmpty()) {
      throw new FormatException(file + ": " + fault + "; delete it or get it again");
    }
  }

  /** What is wrong with a file; empty if nothing is. */
  String fault(Path file) throws IOException {
    String found;
    try (InputStream in = Files.newInputStream(file)) {
      found = digest(in);
    }
    if (found.equals(sha256) || contentDigest(file).equals(Optional.of(sha256))) {
      return "";
    }
    return "its SHA-256 is %s and that of %s is %s: it is damaged or another file"
        .formatted(found, name, sha256);
  }

  /** The digest of what is packed in a file; empty if it is not packed, or damaged. */
  private static Optional<String> contentDigest(Path file) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      return Gzip.follows(in) ? Optional.of(digest(new GZIPInputStream(in))) : Optional.empty();
    } catch (ZipException | EOFException damaged) {
      return Optional.empty();
    }
  }

  private static String digest(InputStream in) throws IOException {
    try {
      var digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
      digesting.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
