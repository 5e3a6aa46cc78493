package org.lawu.internal.array;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lawu.error.LawuException;
import org.lawu.internal.kernel.AffineMap;
import org.lawu.tensor.DType;

/**
 * The Java array that holds a tensor's elements. Heap arrays, because C2 compiles the kernels'
 * inner loops on them several times faster than on memory segments.
 */
public sealed interface Storage {

  /** FLOAT32 elements; a {@link Recycler} may take the array away when its run ends. */
  final class Floats implements Storage {
    private static final int UNNUMBERED = -1;

    private float @Nullable [] data;
    private final int length;
    private final Owner owner;
    private int number;
    private boolean kept;
    private boolean saved;
    private boolean shared;
    private int holds;
    private volatile @Nullable Mapped mapped;

    private record Mapped(int out, int in, AffineMap map) {}

    /** Whose the array is. */
    enum Owner {
      /** Of these elements, for as long as anybody can reach them. */
      ELEMENTS,
      /** Of a recycler, which lends it for a run. */
      RECYCLER,
      /** Of a parameter, which lets a run read it. */
      PARAMETER
    }

    /** Elements in an array of their own. */
    public Floats(float[] data) {
      this(data, Owner.ELEMENTS, UNNUMBERED);
    }

    Floats(float[] data, Owner owner, int number) {
      this.data = data;
      this.length = data.length;
      this.owner = owner;
      this.number = number;
    }

    /** The elements' array. */
    public float[] data() {
      float[] present = data;
      if (present == null) {
        throw new LawuException(
            "tensor: its memory was used again: the run of the workspace or the step of the trainer"
                + " in which it was computed has ended, or it is the value of a parameter that was"
                + " updated since, or it was computed on the way in a part of a run that is tidy,"
                + " such as a layer of a Sequential; keep it with Workspace.keep before");
      }
      return present;
    }

    /**
     * The affine map by these elements as a matrix {@code [out, in]}: as it was made the last time,
     * if the elements stay for good, which what others own does not.
     */
    public AffineMap affineMap(int out, int in, Supplier<AffineMap> maker) {
      Mapped present = mapped;
      if (present == null || present.out != out || present.in != in) {
        present = new Mapped(out, in, maker.get());
        if (owner == Owner.ELEMENTS) {
          mapped = present;
        }
      }
      return present.map;
    }

    boolean isBorrowed() {
      return owner == Owner.PARAMETER;
    }

    /** Its place among what its recycler has lent in this run. */
    int number() {
      return number;
    }

    void number(int place) {
      number = place;
    }

    /** Leaves the array to these elements until the run ends: a graph reads it. */
    void save() {
      saved = true;
    }

    /** Leaves the array to these elements until {@link #letGo} was called as often. */
    void hold() {
      holds++;
    }

    void letGo() {
      holds--;
    }

    /** Leaves the elements as they are while they have the array: anybody may have seen them. */
    void share() {
      shared = true;
    }

    /** Whether the array is a recycler's and whoever holds it may overwrite the elements. */
    boolean isHeldByOne() {
      return owner == Owner.RECYCLER && holds == 1 && !saved && !kept && !shared;
    }

    boolean isInUse() {
      return saved || holds > 0;
    }

    /** Keeps the array for these elements. */
    void keep() {
      kept = true;
    }

    /** Gives up the array; null where it is to be kept or is gone already. */
    float @Nullable [] release() {
      if (kept) {
        return null;
      }
      float[] released = data;
      data = null;
      return released;
    }

    @Override
    public DType dtype() {
      return DType.FLOAT32;
    }

    @Override
    public int length() {
      return length;
    }
  }

  /** FLOAT64 elements. */
  record Doubles(double[] data) implements Storage {
    @Override
    public DType dtype() {
      return DType.FLOAT64;
    }

    @Override
    public int length() {
      return data.length;
    }
  }

  /** INT32 elements. */
  record Ints(int[] data) implements Storage {
    @Override
    public DType dtype() {
      return DType.INT32;
    }

    @Override
    public int length() {
      return data.length;
    }
  }

  /** BOOL elements. */
  record Booleans(boolean[] data) implements Storage {
    @Override
    public DType dtype() {
      return DType.BOOL;
    }

    @Override
    public int length() {
      return data.length;
    }
  }

  /** The type of the elements. */
  DType dtype();

  /** The number of elements that fit. */
  int length();

  /** The Java array itself, for {@link System#arraycopy}. */
  default Object array() {
    return switch (this) {
      case Floats floats -> floats.data();
      case Doubles(var data) -> data;
      case Ints(var data) -> data;
      case Booleans(var data) -> data;
    };
  }

  /** Room for {@code length} elements, all zero (false). */
  static Storage zeros(DType dtype, int length) {
    return switch (dtype) {
      case FLOAT32 -> new Floats(new float[length]);
      case FLOAT64 -> new Doubles(new double[length]);
      case INT32 -> new Ints(new int[length]);
      case BOOL -> new Booleans(new boolean[length]);
    };
  }
}
