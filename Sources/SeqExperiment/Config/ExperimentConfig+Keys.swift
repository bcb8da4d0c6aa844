import SeqBaseline
package import SeqConfig
import SeqCore
import SeqEncoding
import SeqModel
import SeqTags
import SeqText

extension ExperimentConfig: ConfigSection {
  package static let keys: [Key<Self>] =
    [
      .ignored("$schema", .text(), "The JSON Schema of the config, for editors; `seqtool config schema` writes it"),
      ModelConfig.taskKey(\.task) { ExperimentConfig(task: $0, train: "") },
      .section("data", \.data, "Where the data is and how to read it"),
    ] + ModelConfig.tokenKeys.lifted(to: \.fitted) + ModelConfig.networkKeys.lifted(to: \.fitted) + trainingKeys
    + ModelConfig.inferenceKeys.lifted(to: \.fitted) + resultKeys

  private static let trainingKeys: [Key<Self>] = [
    .section("training", \.training, "How the network is trained").alias("train", "trainer", "fit"),
    .more("training", [metricKey]),
  ]

  private static let resultKeys: [Key<Self>] = [
    .baseline("baseline", \.baseline),
    .output("output", \.output).see("reference/model-folder.md")
      .alias("output_dir", "save_dir", "out_dir", "model_dir", "save_path", "checkpoint_dir", "base_path"),
  ]

  private static let metricKey: Key<Self> = .value(
    "metric", optional: \.metric, .text(),
    default: .computed(
      "`jointAccuracy` with `model.sentenceLabel`, `f1` for tagging with spans, `loss` for generation, `wordErrorRate` for "
        + "transduction, else `accuracy`"
    ) { root, _ in root.metric },
    "The name of the dev score that decides which epoch is best; needs dev data. If it cannot decide, because dev has "
      + "no spans or a single label, the fit warns and uses `loss`"
  ).see("reference/metrics.md").alias(
    "monitor", "metric_for_best_model", "eval_metric", "main_metric", "early_stopping_metric")

  /// All keys, in the order in which they are read.
  package static let allKeys: [KeyDescription] = allKeys(of: ExperimentConfig(task: .classification, train: ""))

  /// The answer to a user who writes another tool's name of a key.
  package static let advice = KeyAdvice { index }

  private static let index = KeyIndex(allKeys)
}

extension Key {
  /// The folder of the model, meant from that of the config, by default too.
  fileprivate static func output(_ name: String, _ place: KeyPlace<Root, String>) -> Key {
    .custom(
      name, .path, "The folder of the model; not empty",
      read: { root, reader in
        let text = reader.optionalString(name) ?? root[keyPath: place]
        if text.isEmpty { reader.problem(name, "expected a folder's name, found \"\"") }
        root[keyPath: place] = FileSystem.nameable(reader.resolved(text, name))
      },
      write: { root, writer in writer.path(root[keyPath: place]) })
  }
}

extension Key {
  /// True, false, or an object: nil for false.
  fileprivate static func baseline(_ name: String, _ place: KeyPlace<Root, BaselineSettings?>) -> Key {
    .custom(
      name, .either([.bool, .object]),
      when: [
        .task(
          "classification", "one-to-one", "tagging",
          else: "only applies to classification, one-to-one and tagging: other tasks have no classes to count")
      ],
      "Whether to also fit two simple baselines, the most frequent class and a linear model; or how to train the linear "
        + "model",
      read: { root, reader in
        guard let node = reader.value(name) else { return }
        if node.members != nil {
          var settings = BaselineSettings()
          settings.read(reader.object(name))
          root[keyPath: place] = settings
        } else if reader.bool(name, default: false) {
          root[keyPath: place] = BaselineSettings().withDefaults(reader.facts.section(name))
        }
      },
      write: { root, writer in
        guard let settings = root[keyPath: place] else { return false }
        let within = writer.section(name)
        if settings == BaselineSettings().withDefaults(within.facts) { return true }
        return .object(settings.members(within))
      },
      describe: { variants, path in
        BaselineSettings.descriptions(
          variants.map {
            Variant(label: $0.label, root: $0.root[keyPath: place] ?? BaselineSettings(), facts: $0.facts)
          },
          path: path)
      }
    ).see("how-to/train-well.md#compare-with-a-baseline")
  }
}
