/** Gradient checks, the contract of operations, and reference cases, for tests of code on Lawu. */
module org.lawu.testkit {
  requires transitive org.lawu.core;
  requires static org.jspecify;

  exports org.lawu.testkit;
}
