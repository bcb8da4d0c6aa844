/// The files of a new project.
struct Starter {
  let task: StarterTask
  let name: String
  /// The user's own data; nil for samples.
  var own: OwnData?

  /// The name of a project in a folder.
  static func name(of folder: String) -> String { folder.split(separator: "/").last.map(String.init) ?? folder }

  /// Paths within the project's folder, and their content.
  var files: [(path: String, text: String)] {
    let schema = (try? ConfigSchemaCommand.text()) ?? ""
    let own = [("config.json", config), ("config.schema.json", schema), ("README.md", page)]
    if self.own != nil { return own }
    return own
      + zip(["train", "dev", "test"], task.samples).map { ("data/\($0).\(task.suffix)", $1) }
  }

  private var introduction: String {
    own == nil
      ? "`seqtool init` made this starter. Replace the sample files in `data` with your own, then run"
      : "`seqtool init --from` made this project. The data is in place:"
  }

  /// The reasons for the config's values.
  private var reasons: String {
    guard own != nil, !settings.reasons.isEmpty else { return "" }
    let list = settings.reasons.map { "- \($0)" }.joined(separator: "\n")
    return "\n## Why this config\n\n\(list)\n"
  }

  private var page: String {
    """
    # \(name)

    \(introduction)

        seqtool fit config.json        # train, score on the test data, save to model/
        seqtool eval                   # the scores again, class by class
        \(task.usage)

    ## The data

    \(own?.page ?? task.dataPage)

    The dev data decides which epoch is best and when to stop; the test data gives the final scores. If you have only
    one file, leave out `dev` and `test`: a tenth is then split off for each, and equal texts stay in one part.
    \(reasons)
    ## The keys of config.json

    | key | meaning | allowed values |
    |---|---|---|
    \(keyRows.joined(separator: "\n"))

    `seqtool config explain` lists all keys; `seqtool config explain model.hidden` explains one. With
    `config.schema.json`, an editor completes and checks `config.json`.

    You can override any value on the command line: `seqtool fit config.json --set model.hidden=128`. A wrong key or
    value is reported with its place before the fit starts.

    """
  }
}
