import ArgumentParser
import SeqCore
import SeqData
import SeqInspect
import SeqRecipes
import SeqText
import SequenceToolkit

/// `init --from`: makes a project for the user's own file.
struct InitFrom {
  /// The file, or the folder of files.
  let source: String
  let folder: String
  /// The user's task; nil for the one that fits the file.
  let task: StarterTask?
  let reading: ReadingOptions
  let isEncodingGiven: Bool

  func run() throws(SeqError) {
    if task?.task.makesTexts == true {
      throw .usage(
        "--from cannot make a starter for generation", remedy: "seqtool init \(shellQuoted(folder)) --task generation")
    }
    let parts = try StartingParts.parts(in: source)
    var file = try StartingFile(
      parts?.first?.path ?? source, reading: reading, isEncodingGiven: isEncodingGiven, wanted: task?.task.wanted)
    for guess in file.guesses { Terminal.error.line(guess) }
    let profile = try readable(file) { () throws(SeqError) in try DataProfile(&file) }
    let data = try InspectedData(
      parts: parts ?? [.init(name: "train", path: source)], reading: file.reading, wanted: file.wanted,
      tokenizer: file.wanted == .tags ? file.reading.segmentation : TokenizerSettings(kind: .word))
    let check = try StartingCheck(data)
    for line in check.lines { Terminal.error.line(line, style: .yellow) }
    let starter = try readable(file) { () throws(SeqError) in try write(parts, data, profile, file) }
    tell(starter, profile, check)
  }

  /// Writes the project, completely or not at all.
  private func write(
    _ parts: [InspectedData.Part]?, _ data: InspectedData, _ profile: DataProfile, _ file: StartingFile
  ) throws(SeqError) -> Starter {
    try NewFolder(folder).fill { beside throws(SeqError) in
      let placed =
        if let parts { StartingParts(parts, seenFrom: folder) } else {
          try StartingParts(cutting: data, into: beside, seed: 1)
        }
      var starter = Starter(task: task ?? StarterTask(file.wanted), name: Starter.name(of: folder))
      starter.own = OwnData(source: source, parts: placed, reading: file.reading, profile: profile)
      for (file, text) in starter.files { try FileSystem.write(text, to: beside + "/" + file) }
      return starter
    }
  }

  /// The result of `body` for a file; if the file cannot be read, the error says how to repair it.
  private func readable<Result>(
    _ file: StartingFile, _ body: () throws(SeqError) -> Result
  ) throws(SeqError) -> Result {
    do throws(SeqError) { return try body() } catch {
      guard error.kind == .data else { throw error }
      let cut = file.wanted == .tags && file.format.holdsSpans ? " --tokens word" : ""
      let flags = OwnData.flags(file.reading) + cut
      let hint = SeqError.Diagnostic(
        "nothing was written: the data cannot be read to its end",
        remedy: "seqtool data check \(shellQuoted(file.path))\(flags) --fix repaired writes a copy without the mistakes"
      )
      throw SeqError(.data, error.diagnostics + [hint])
    }
  }

  private func tell(_ starter: Starter, _ profile: DataProfile, _ check: StartingCheck) {
    Terminal.error.line(starter.own?.summary ?? "")
    let hidden = check.warnings - check.lines.count
    if hidden > 0 {
      Terminal.error.line("seqtool data check \(shellQuoted(folder + "/config.json")) reports more about the data")
    }
    Terminal.error.line("wrote \(folder)/config.json; \(folder)/README.md gives the reasons for its values")
    Terminal.error.line("next: seqtool fit \(shellQuoted(folder + "/config.json"))")
  }
}
