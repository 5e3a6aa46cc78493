/** A program that uses Lawu as a module. */
module org.example.consumer {
  requires org.lawu;
}
