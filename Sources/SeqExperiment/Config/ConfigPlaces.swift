import SeqConfig
package import SeqCore

extension ExperimentConfig {
  /// An error with the places in the config file of the keys that it names.
  ///
  /// What is found out only during a fit knows the key that is to blame, but not where the user wrote it.
  package func located(_ error: SeqError) -> SeqError {
    SeqError(
      error.kind,
      error.diagnostics.map { diagnostic in
        guard let place = diagnostic.place, place.file == nil, let path = place.path else { return diagnostic }
        var located = diagnostic
        located.place = origin?.place(ofPath: path)
        if located.place == nil { located.place = place }
        located.place?.path = path
        return located
      })
  }
}

extension ConfigNode {
  /// Where the value at a dotted path stands; if it is not there, the object in which it would.
  fileprivate func place(ofPath path: String) -> Place {
    for member in members ?? [] {
      let key = ConfigPath.appending(key: member.key, to: nil)
      if path == key { return member.node.place }
      if path.hasPrefix(key + ".") { return member.node.place(ofPath: String(path.dropFirst(key.count + 1))) }
    }
    return place
  }
}
