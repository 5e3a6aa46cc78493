/** Layers, losses, initializers and models. */
module org.lawu.nn {
  requires transitive org.lawu.core;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports org.lawu.nn;
  exports org.lawu.nn.initializer;
  exports org.lawu.nn.layer;
  exports org.lawu.nn.loss;
  exports org.lawu.nn.model;
}
