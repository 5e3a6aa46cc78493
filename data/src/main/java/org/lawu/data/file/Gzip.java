package org.lawu.data.file;

import java.io.IOException;
import java.io.InputStream;

/** The format of RFC 1952, as far as it has to be told from others. */
public final class Gzip {
  private Gzip() {}

  /**
   * Whether the bytes that are to come begin as gzip does; they are still to come afterwards.
   *
   * @param in a stream that supports {@link InputStream#mark}
   */
  public static boolean follows(InputStream in) throws IOException {
    in.mark(2);
    boolean packed = in.read() == 0x1F && in.read() == 0x8B;
    in.reset();
    return packed;
  }
}
