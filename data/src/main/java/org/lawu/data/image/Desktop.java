package org.lawu.data.image;

import org.lawu.error.LawuException;

/** The module that reads picture files, which a program can do without. */
final class Desktop {
  private Desktop() {}

  /** Says what to do where the module is not there, in place of a class that is not found. */
  static void require() {
    try {
      Class.forName("javax.imageio.ImageIO", false, Desktop.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new LawuException(
          "image files: the module java.desktop, which reads them, is not there; write 'requires"
              + " java.desktop;' in module-info.java, start with --add-modules java.desktop, or add"
              + " it to the run-time image",
          e);
    }
  }
}
