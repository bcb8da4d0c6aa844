package import SeqConfig
package import SeqCore
import SeqEncoding
package import SeqInference
import SeqModel
import SeqTraining

/// The place of a model that is to be written: whether it may be, told before a fit reads its data.
extension ModelDirectory {
  /// Takes the place for one fit: other fits are kept out until the lock is released.
  ///
  /// - Throws: `.inputOutput` if another fit writes to it, or a model could not be put there.
  package func claim() throws(SeqError) -> WritingLock {
    let name = FileSystem.displayed(path)
    if FileSystem.isFolder(path), !FileSystem.isWritable(path) {
      throw .inputOutput("the folder is not writable", at: .file(name), remedy: Self.elsewhere)
    }
    let lock = try WritingLock.take(
      path, from: "another fit", remedy: "wait until it has ended, or name another folder as output")
    if lock.isHeld { FileSystem.recoverFolder(path) }
    do throws(SeqError) {
      try checkPlace()
    } catch {
      lock.release()
      throw error
    }
    return lock
  }

  private static let elsewhere = "name another folder as output"

  /// The files and folders of a model.
  private static let parts = [
    "README.md", baseline, labelBaseline, wordBaseline, "config.json", "history.csv", "metrics.json", ModelLayout.file,
    "model.safetensors", "vocabulary",
  ]

  /// Copies the files of the model in a folder into another.
  /// - Throws: `.missingInput` if there is no model any more.
  package func copyParts(of source: String, to folder: String) throws(SeqError) {
    for name in Self.parts {
      let (path, copied) = (source + "/" + name, folder + "/" + name)
      guard FileSystem.exists(path) else { continue }
      guard FileSystem.isFolder(path) else {
        try FileSystem.write(try FileSystem.read(path), to: copied)
        continue
      }
      try FileSystem.makeFolder(copied)
      for file in FileSystem.names(in: path) where FileSystem.isRegularFile(path + "/" + file) {
        try FileSystem.write(try FileSystem.read(path + "/" + file), to: copied + "/" + file)
      }
    }
    guard FileSystem.exists(folder + "/model.safetensors") else { throw FileSystem.missing(source) }
  }

  /// - Throws: `.inputOutput` if the place is taken by what is no model: a finished fit would put an end to it.
  private func checkPlace() throws(SeqError) {
    guard FileSystem.isFolder(path) else {
      guard FileSystem.isTaken(path) else { return }
      let what = FileSystem.exists(path) ? "is a file, expected a folder" : "is a broken link"
      throw .inputOutput(what, at: .file(path), remedy: Self.elsewhere)
    }
    let names = FileSystem.names(in: path)
    let foreign = names.first {
      !Self.parts.contains($0) && $0 != "checkpoint" && !FileSystem.isPassing($0, of: "checkpoint")
    }
    if let foreign {
      throw .inputOutput("holds \"\(foreign)\", which is not part of a model", at: .file(path), remedy: Self.elsewhere)
    }
    if names.contains(where: Self.parts.contains), !names.contains("model.safetensors") {
      throw .inputOutput("holds files, but no model", at: .file(path), remedy: Self.elsewhere)
    }
  }

  /// Whether a folder holds a model, or an unfinished fit of one.
  package static func isModel(_ path: String) -> Bool {
    let folder = FileSystem.present(path)
    return ["model.safetensors", "checkpoint"].contains { FileSystem.exists(folder + "/" + $0) }
  }

  /// Tells whether a fit would replace a model of another config.
  ///
  /// - Parameter seeds: the seeds of which the fit keeps one; nil if it is that of the config.
  /// - Throws: `.data` if so.
  package func checkConfig(_ config: ExperimentConfig, seeds: Range<UInt64>? = nil) throws(SeqError) {
    guard FileSystem.exists(path + "/model.safetensors") else { return }
    guard let difference = try difference(from: config, seeds: seeds) else { return }
    throw .data(
      difference.isEmpty
        ? "holds a model whose config cannot be read" : "holds a model of another config: \(difference) differs",
      at: .file(FileSystem.displayed(path)), remedy: .overwrite)
  }

  /// The path of the first value in which the config of the model that is there differs from that of a fit; empty if it
  /// cannot be read, nil if they are the same. What only a fit can know is left out.
  package func difference(from config: ExperimentConfig, seeds: Range<UInt64>? = nil) throws(SeqError) -> String? {
    guard
      let there = try? ExperimentConfig(
        ofModel: ContainedFile(path + "/config.json", in: path).path, cells: config.model.ownCells)
    else { return "" }
    var ignored = settled(by: config)
    if let seeds, seeds.contains(there.training.seed) { ignored.insert("training.seed") }
    return there.portableNode(for: path).difference(from: config.portableNode(for: path), ignoring: ignored)
  }

  /// What a fit finds out itself if the config leaves it open.
  private func settled(by config: ExperimentConfig) -> Set<String> {
    var paths: Set<String> = ["inference.learnedScheme"]
    let inference = config.inference
    if config.metric == nil { paths.insert("training.metric") }
    if inference.constraints == .automatic { paths.insert("inference.constraints") }
    if inference.scheme == nil { paths.insert("inference.scheme") }
    if config.rawText.choice == .automatic { paths.formUnion(["tokenizer.raw", "tokenizer.rawCuts"]) }
    if inference.maximumLength == nil { paths.insert("inference.maximumLength") }
    // Data on disk has no linear model.
    if config.data.isOnDisk { paths.formUnion(["inference.linear", "inference.linearLabel"]) }
    return paths
  }
}

extension ConfigNode {
  /// What cannot change a result.
  private static let idle: Set<String> = ["training.threads", "data.storage", "data.cache"]

  /// The path of the first value in which two configs differ, but for what cannot change a result.
  ///
  /// - Parameter ignored: the paths of more values that do not count.
  package func difference(from other: ConfigNode, ignoring ignored: Set<String> = []) -> String? {
    difference(from: other, ignored.union(Self.idle), path: [])
  }

  private func difference(from other: ConfigNode, _ ignored: Set<String>, path: [String]) -> String? {
    let name = path.joined(separator: ".")
    if ignored.contains(name) || self == other { return nil }
    guard let first = members, let second = other.members else { return name }
    for key in first.map(\.key) + second.map(\.key).filter({ self[$0] == nil }) {
      let whole = (path + [key]).joined(separator: ".")
      guard let x = self[key], let y = other[key] else {
        if ignored.contains(whole) { continue }
        return whole
      }
      if let found = x.difference(from: y, ignored, path: path + [key]) { return found }
    }
    return nil
  }
}
