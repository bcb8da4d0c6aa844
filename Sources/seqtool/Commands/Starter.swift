/// The files of a new project.
struct Starter {
  let task: StarterTask
  let name: String

  /// Paths within the project's folder, and their content.
  var files: [(path: String, text: String)] {
    [("config.json", config), ("README.md", page)]
      + zip(["train", "dev", "test"], samples).map { ("data/\($0).\(task.suffix)", $1) }
  }

  private var page: String {
    """
    # \(name)

    A starter of `seqtool init`. Replace the sample files in `data` by yours, then

        seqtool fit config.json        # train, score on the test data, save to model/
        seqtool eval                   # the scores again, class by class
        \(task.usage)

    ## The data

    \(task.dataPage)

    The dev data tells which epoch is best and when to stop; the test data gives the final scores. With one file only,
    leave out `dev` and `test`: a tenth each is split off, the same text never on two sides.

    ## The keys of config.json

    | key | meaning |
    |---|---|
    \(keys.map { "| \($0.key) | \($0.meaning) |" }.joined(separator: "\n"))

    Any value can be given on the command line: `seqtool fit config.json --set model.hidden=128`. A wrong key or value is
    reported with its place before anything runs.

    """
  }
}
