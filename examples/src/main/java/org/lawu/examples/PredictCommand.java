package org.lawu.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.lawu.error.ArgumentException;
import org.lawu.io.Config;
import org.lawu.train.model.Input;
import org.lawu.train.model.Prediction;
import org.lawu.train.model.Preprocessings;
import org.lawu.train.model.SavedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predicts with a saved model. */
@Command(
    name = "predict",
    description = "Predicts with a saved model.",
    footer = {
      "",
      "./lawu predict spam-model \"You have won a free prize\"",
      "./lawu predict spam-model messages.txt --json",
      "./lawu predict digits-model photo.png"
    },
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
  private static final int SHOWN = 70;

  private final Preprocessings preprocessings;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A saved model, or the folder that --save was given.")
  private Path model = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "INPUT",
      description = {
        "For a model that takes texts: a text, a .txt file with one on each line, or - for",
        "standard input. For one that takes tables: a .csv file with a header. For one that takes",
        "images: a .png or .jpg file, or a folder of them."
      })
  private List<String> inputs = List.of();

  @Option(names = "--json", description = "Prints a JSON object for each input.")
  private boolean json;

  PredictCommand() {
    this(Preprocessings.standard());
  }

  PredictCommand(Preprocessings preprocessings) {
    this.preprocessings = preprocessings;
  }

  @Override
  public Integer call() throws IOException {
    SavedModel saved = SavedModels.read(model, preprocessings);
    List<Answer> answers = new ArrayList<>();
    switch (saved.input()) {
      case Input.Texts _ -> {
        for (String given : inputs) {
          List<String> lines = InputFiles.texts(given);
          answers.addAll(answers(lines, saved.predictTexts(lines)));
        }
      }
      case Input.Tables _ -> {
        for (String given : inputs) {
          List<Prediction> predictions = saved.predictTable(InputFiles.table(given));
          for (int i = 0; i < predictions.size(); i++) {
            answers.add(new Answer("%s, record %d".formatted(given, i + 1), predictions.get(i)));
          }
        }
      }
      case Input.Images _ -> {
        for (String given : inputs) {
          for (Path file : InputFiles.images(given)) {
            var predictions = saved.predictImages(List.of(InputFiles.image(file)));
            answers.addAll(answers(List.of(file.toString()), predictions));
          }
        }
      }
      case Input.Features _ ->
          throw new ArgumentException(
              "predict: %s takes features that a program must make; save it with an input, as in"
                      .formatted(model)
                  + " SavedModel.of(model).input(Input.texts(preprocessing))");
    }
    answers.forEach(this::print);
    return 0;
  }

  /** An input and what the model says about it. */
  private record Answer(String input, Prediction prediction) {}

  private static List<Answer> answers(List<String> inputs, List<Prediction> predictions) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      answers.add(new Answer(inputs.get(i), predictions.get(i)));
    }
    return answers;
  }

  private void print(Answer answer) {
    if (json) {
      System.out.println(
          Config.of("input", answer.input()).with("prediction", answer.prediction().config()));
      return;
    }
    // Control characters could do things to a terminal.
    String input = answer.input().replaceAll("\\p{Cntrl}", " ");
    System.out.printf(
        "%s  %s%n",
        answer.prediction(), input.length() <= SHOWN ? input : input.substring(0, SHOWN) + "...");
  }
}
