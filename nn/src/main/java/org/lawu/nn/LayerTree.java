package org.lawu.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.BiConsumer;

/** A layer and all below it, from the top down, in the order of registration. */
record LayerTree(Layer root) {

  /** Visits each layer once, with the dotted path to it, which is empty for the root. */
  void forEach(BiConsumer<String, Layer> visitor) {
    visit("", root, visitor, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static void visit(
      String path, Layer layer, BiConsumer<String, Layer> visitor, Set<Layer> seen) {
    if (seen.add(layer)) {
      visitor.accept(path, layer);
      layer.children().forEach((name, child) -> visit(join(path, name), child, visitor, seen));
    }
  }

  /** A path with one more name at its end; a wrapped layer adds none. */
  static String join(String path, String name) {
    if (name.isEmpty()) {
      return path;
    }
    return path.isEmpty() ? name : path + "." + name;
  }
}
