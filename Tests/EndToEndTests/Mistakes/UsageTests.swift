import SeqTestSupport
import Testing

/// The command line: its mistakes and its helps.
struct UsageTests {
  @Test(arguments: [
    (["xyzzy"], "Unexpected argument 'xyzzy'"),
    (["fit"], "Missing expected argument '<config>'"),
    (["fit", "config.json", "--foo"], "Unknown option '--foo'"),
    (["fit", "config.json", "more.json"], "Unexpected argument 'more.json'"),
    (["tag", "--format", "xml"], "The value 'xml' is invalid for '--format <csv|tsv|jsonl|columns|inline>'."),
    (["tag", "--top", "0"], "--top: expected 1 or more, found 0"),
    (["tag", "--top", "many"], "The value 'many' is invalid for '--top <k>'"),
    (["tag", "--threads", "0"], "--threads: expected 1 to 256, found 0"),
    (["init"], "Missing expected argument '<name>'"),
    (["init", "x", "--task", "parsing"], "The value 'parsing' is invalid for '--task <task>'."),
  ])
  func aWrongCommandLineIsRefused(arguments: [String], message: String) throws {
    let result = try Workspace().start(arguments).finish()
    #expect(result.status == 64)
    #expect(result.stderr.hasPrefix("Error: " + message), "\(result.stderr)")
    #expect(result.stderr.contains("\nUsage: seqtool "))
    #expect(result.stdout == "")
  }

  @Test(arguments: [
    (["train", "config.json"], "seqtool has no command \"train\" (seqtool fit config.json)"),
    (["train"], "seqtool has no command \"train\" (seqtool fit config.json)"),
    (
      ["train", "config.json", "--epochs", "5"],
      "seqtool has no command \"train\" (seqtool fit config.json --set training.epochs=5)"
    ),
    (["predict", "data.csv"], "seqtool has no command \"predict\" (seqtool tag data.csv)"),
    (["predict", "hello world"], "seqtool has no command \"predict\" (echo \"hello world\" | seqtool tag)"),
    (["evaluate", "dev.csv"], "seqtool has no command \"evaluate\" (seqtool eval dev.csv)"),
    (["fot", "c.json"], "seqtool has no command \"fot\" — did you mean \"fit\"? (seqtool fit c.json)"),
    (
      ["fit", "c.json", "--epochs=5", "--lr", "0.1"],
      "seqtool fit has no options --epochs, --lr "
        + "(seqtool fit c.json --set training.epochs=5 --set training.optimizer.learningRate=0.1)"
    ),
    (
      ["fit", "c.json", "--batch_size", "8"],
      "seqtool fit has no option --batch_size (seqtool fit c.json --set training.batch.sequences=8)"
    ),
    (["fit", "c.json", "-m", "new"], "seqtool fit has no option -m (seqtool fit c.json --set output=new)"),
    (["tag", "in.csv", "-o", "out.csv"], "seqtool tag has no option -o (seqtool tag in.csv > out.csv)"),
    (["tag", "--input", "in.csv"], "seqtool tag has no option --input (seqtool tag in.csv)"),
  ])
  func theLineToTypeIsShownForThoseOfOtherTools(arguments: [String], message: String) throws {
    let result = try Workspace().start(arguments).finish()
    expectErrors(result, 64, [message])
  }

  @Test func aTextWhereAFileIsExpectedIsTold() throws {
    let workspace = try Fitted.classifier()
    expectErrors(
      try workspace.seqtool("tag", "hello world"), 66,
      ["hello world: no such file (for a text: echo \"hello world\" | seqtool tag)"])
    let missing = try workspace.seqtool("tag", "missing.csv")
    expectErrors(missing, 66, ["missing.csv: no such file"])
  }

  @Test func optionsThatDoNotFitTheModelAreRefused() throws {
    let top = try Fitted.tagger().seqtool("tag", "--top", "2", stdin: "a\n")
    expectErrors(top, 64, ["--top only applies to classifiers; this model is a tagger"])
    let inline = try Fitted.classifier().seqtool("tag", "--format", "inline", stdin: "a\n")
    expectErrors(
      inline, 64, ["--to inline only applies to taggers; this model is a classifier (use columns or jsonl)"])
  }

  @Test func anEvalNeedsLabelledData() throws {
    let workspace = try Workspace.classification()
    try workspace.write(TinyData.classifier.replacing(#", "test": "test.csv""#, with: ""), to: "config.json")
    #expect(try workspace.seqtool("fit", "-q", "config.json").status == 0)
    expectErrors(
      try workspace.seqtool("eval"), 64,
      ["the model's config names no test data (name a labelled file: seqtool eval FILE)"])
    #expect(try workspace.seqtool("eval", "test.csv").status == 0)
  }

  @Test(arguments: [[], ["fit"], ["eval"], ["tag"], ["init"]]) func helpHasExamples(command: [String]) throws {
    let result = try Workspace().start(command + ["--help"]).finish()
    #expect(result.status == 0 && result.stderr == "")
    #expect(result.stdout.contains("EXAMPLES\n  seqtool "))
    #expect(result.stdout.contains("USAGE: seqtool"))
  }

  @Test func withoutArgumentsItHelps() throws {
    let result = try Workspace().seqtool()
    #expect(result.status == 0 && result.stdout.hasPrefix("OVERVIEW: "))
  }

  @Test func theVersionIsANumber() throws {
    let result = try Workspace().seqtool("--version")
    #expect(result.status == 0)
    #expect(result.stdout.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completionsAreGenerated(shell: String) throws {
    let workspace = try Workspace()
    let result = try workspace.seqtool("--generate-completion-script", shell)
    #expect(result.status == 0 && result.stdout.contains("seqtool"))
    guard shell == "bash" else { return }
    try workspace.write(result.stdout, to: "complete.bash")
    let sourced = try workspace.shell("bash -c 'source ./complete.bash && complete -p seqtool'")
    #expect(sourced.status == 0 && sourced.stdout.contains("seqtool"), "\(sourced.stderr)")
  }
}
