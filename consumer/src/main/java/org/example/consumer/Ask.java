package org.example.consumer;

import java.nio.file.Path;
import java.util.List;
import org.lawu.train.model.SavedModel;

/** What a service does when it starts: loads the model of {@link SpamFilter} and predicts. */
public final class Ask {
  private Ask() {}

  public static void main(String[] args) throws Exception {
    SavedModel filter = SavedModel.load(Path.of(args[0]));
    System.out.println(filter.predictTexts(List.of(args[1])).getFirst());
  }
}
