package org.lawu.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lawu.random.Philox;
import org.lawu.tensor.Shape;

/** Damages safetensors files: their bytes, or the meaning of their headers. */
final class Mutations {
  private static final List<StoredType> TYPES = List.of(StoredType.values());
  private static final String SYNTAX = "{}[]\",:0123456789-.eE\\ ";

  private static final String[] NUMBERS =
      ("0 1 2 3 4 6 8 12 24 -0 -1 1.0 1e3 0.5 64 4294967296 2147483639 2147483647 2147483648"
              + " 9223372036854775807 9223372036854775808 18446744073709551616 1e999999999 null"
              + " true \"1\" [1] {} [[[[[[[[]]]]]]]] "
              + "7".repeat(2000))
          .split(" ", -1);

  private static final String[] STRINGS =
      ("F64|F32|F16|BF16|I64|I32|I16|I8|U64|U32|U16|U8|BOOL|F8_E4M3|f32|| F32|__metadata__|dtype"
              + "|shape|data_offsets|\\u0000|\\ud83d|\\ud83d\\ude00|\\u202e|\\\"|w|i|../../w|"
              + "x".repeat(3000))
          .split("\\|", -1);

  private static final String[] VALUES = {
    "null", "1", "[]", "{}", "\"F32\"", "[0,0]", "{\"k\":1}", "{\"k\":\"v\"}", "[".repeat(100)
  };

  private final Philox random;

  Mutations(long seed) {
    random = new Philox(seed);
  }

  /** A whole number from 0 up to but not including the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  private String one(String... of) {
    return of[below(of.length)];
  }

  // ---- bytes

  /** The file with one to three changes: bytes altered, taken out or repeated. */
  byte[] bytes(byte[] sound) {
    byte[] mutated = sound.clone();
    int changes = 1 + below(3);
    for (int i = 0; i < changes && mutated.length > 0; i++) {
      int at = below(mutated.length);
      switch (below(6)) {
        case 0 -> mutated[at] = (byte) below(256);
        case 1 -> mutated[at] ^= (byte) (1 << below(8));
        case 2 -> mutated[at] = (byte) SYNTAX.charAt(below(SYNTAX.length()));
        case 3 -> mutated = remove(mutated, at, Math.min(mutated.length - at, below(9)));
        case 4 -> mutated = repeat(mutated, at, Math.min(mutated.length - at, below(60)));
        default -> mutated = remove(mutated, at, mutated.length - at);
      }
    }
    return mutated;
  }

  private static byte[] remove(byte[] from, int at, int count) {
    return ByteBuffer.allocate(from.length - count)
        .put(from, 0, at)
        .put(from, at + count, from.length - at - count)
        .array();
  }

  private static byte[] repeat(byte[] from, int at, int count) {
    return ByteBuffer.allocate(from.length + count)
        .put(from, 0, at + count)
        .put(from, at, from.length - at)
        .array();
  }

  // ---- headers

  /** Members of a JSON object, of which several may have the same name. */
  private static final class Members extends ArrayList<Map.Entry<String, String>> {
    private static final long serialVersionUID = 1L;

    void put(String name, String text) {
      add(Map.entry(name, text));
    }

    String text() {
      var text = new StringBuilder("{");
      for (var member : this) {
        text.append(text.length() > 1 ? "," : "")
            .append('"')
            .append(member.getKey())
            .append("\":")
            .append(member.getValue());
      }
      return text.append('}').toString();
    }
  }

  /** A file of a few tensors whose header says something else than it should. */
  byte[] header() {
    List<Members> entries = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int size = 0;
    int tensors = below(5);
    for (int i = 0; i < tensors; i++) {
      int rows = below(4);
      int columns = 1 + below(3);
      StoredType type = TYPES.get(below(TYPES.size()));
      int bytes = (int) type.bytes(Shape.of(rows, columns));
      var entry = new Members();
      entry.put("dtype", "\"" + type + "\"");
      entry.put("shape", "[%d,%d]".formatted(rows, columns));
      entry.put("data_offsets", "[%d,%d]".formatted(size, size + bytes));
      entries.add(entry);
      names.add("t" + i);
      size += bytes;
    }
    int changes = below(3);
    for (int i = 0; i < changes && !entries.isEmpty(); i++) {
      change(entries, names);
    }
    var header = new Members();
    if (below(4) == 0) {
      header.put("__metadata__", below(2) == 0 ? "{\"format\":\"pt\"}" : one(VALUES));
    }
    for (int i = 0; i < entries.size(); i++) {
      header.put(names.get(i), below(100) == 0 ? one(VALUES) : entries.get(i).text());
    }
    return file(header.text(), size);
  }

  private void change(List<Members> entries, List<String> names) {
    int one = below(entries.size());
    int other = below(entries.size());
    Members entry = entries.get(one);
    int member = below(entry.size());
    String name = entry.get(member).getKey();
    switch (below(8)) {
      case 0 -> {
        // The same member of another tensor, and the other's here.
        Members partner = entries.get(other);
        int place = Math.min(member, partner.size() - 1);
        var kept = entry.get(member);
        entry.set(member, partner.get(place));
        partner.set(place, kept);
      }
      case 1 -> names.set(one, names.get(other));
      case 2 -> names.set(one, one(STRINGS));
      case 3 -> entry.set(member, Map.entry(name, "\"" + one(STRINGS) + "\""));
      case 4 -> entry.set(member, Map.entry(name, "[%s,%s]".formatted(one(NUMBERS), one(NUMBERS))));
      case 5 -> entry.set(member, Map.entry(one(STRINGS), one(VALUES)));
      case 6 -> entry.add(entry.get(below(entry.size())));
      default -> {
        entry.set(member, Map.entry(name, one(NUMBERS)));
        // Now and then a tensor is left out, and its bytes are a gap.
        if (below(2) == 0 && entries.size() > 1) {
          entries.remove(one);
          names.remove(one);
        }
      }
    }
  }

  private byte[] file(String header, int size) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    int data = below(10) == 0 ? below(2 * size + 1) : size;
    long length = below(20) == 0 ? json.length + below(9) - 4 : json.length;
    if (below(200) == 0) {
      length = random.nextLong();
    }
    var file = ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(length).put(json);
    // Small whole numbers of any width and truth values.
    while (file.hasRemaining()) {
      file.put((byte) (below(50) == 0 ? below(256) : below(2)));
    }
    return file.array();
  }
}
