/** Tensors, operations on them, automatic differentiation and random numbers. */
@SuppressWarnings("module") // testkit and examples are compiled after this module.
module org.lawu.core {
  requires org.slf4j;
  requires static jdk.incubator.vector;
  requires static org.jspecify;

  exports org.lawu.error;
  exports org.lawu.internal.json to
      org.lawu.data,
      org.lawu.testkit,
      org.lawu.examples;
  exports org.lawu.io;
  exports org.lawu.random;
  exports org.lawu.tensor;
}
