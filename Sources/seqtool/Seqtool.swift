import ArgumentParser
import SeqCore
import SequenceToolkit

/// The command: arguments in, results out. What it does is in `SequenceToolkit`.
@main
struct Seqtool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seqtool",
    abstract: "Train and run recurrent networks over sequences.",
    discussion: """
      EXAMPLES
        seqtool init names                      a starter config to edit
        seqtool fit examples/names.json         fit a model and score it on its test data
        seqtool eval                            the nearest model, on its test data
        echo "Kowalczyk" | seqtool tag          an answer for each line
        seqtool generate --label Irish          a new text of the model
        seqtool data check config.json          mistakes in the data, before a fit
        seqtool tokenizer apply lines.txt       lines split into tokens
        seqtool config explain model.hidden     the meaning of a config key

      Results go to standard output, everything else to standard error.
      Exit status: 0 done, 64 usage, 65 bad config, data or model, 66 missing
      input, 70 internal fault, 74 input/output. After an interruption it is 128
      plus the signal's number; fit then saves a checkpoint.
      """,
    version: seqtoolVersion,
    subcommands: [
      Fit.self, Eval.self, Tag.self, Generate.self, Transduce.self, DataCommand.self, Convert.self,
      TokenizerCommand.self,
      GradientsCommand.self, ConfigCommand.self, Init.self,
    ])

  static func main() {
    do {
      var command = try parsed(Array(CommandLine.arguments.dropFirst()))
      try command.run()
    } catch {
      exit(withError: error)
    }
  }

  /// The command that arguments name.
  /// - Throws: for a command line in the style of another tool, after printing what to type here.
  private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    do {
      return try parseAsRoot(arguments)
    } catch {
      let commands = configuration.subcommands.compactMap { $0.configuration.commandName }
      guard exitCode(for: error) == .validationFailure,
        let advice = Manners.advice(for: arguments, commands: commands)
      else { throw error }
      report(advice)
      throw ExitCode(advice.exitStatus)
    }
  }
}
