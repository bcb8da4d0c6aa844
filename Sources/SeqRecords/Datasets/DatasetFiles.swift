/// The names of the files of a dataset on disk.
package enum DatasetFiles {
  /// The files of a dataset: the tokens, where each sequence ends among them, and the labels.
  package static func paths(_ stem: String) -> (ids: String, starts: String, labels: String, sequenceLabels: String) {
    (stem + ".ids", stem + ".starts", stem + ".labels", stem + ".sequenceLabels")
  }

  /// The file of one of the further numbers of the tokens.
  package static func path(_ stem: String, extra: Int) -> String { "\(stem).extra\(extra)" }
}
