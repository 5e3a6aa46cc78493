/** Programs that show how Lawu is used. */
module org.lawu.examples {
  requires info.picocli;
  requires java.desktop;
  requires org.lawu;
  requires org.lawu.testkit;
  requires static org.jspecify;

  exports org.lawu.examples;

  opens org.lawu.examples to
      info.picocli;
  opens org.lawu.examples.golden to
      info.picocli;
}
