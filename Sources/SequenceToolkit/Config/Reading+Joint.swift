import SeqConfig
import SeqData
import SeqModel

// The keys of a label that is learned beside the tags of a text.

extension ModelSettings {
  mutating func readJoint(_ reader: ConfigReader, _ task: SequenceTask) {
    guard task == .tagging else {
      return reader.refuse("joint", "goes with tagging only: it adds a label of the whole text to the tags")
    }
    guard reader.has("joint") else { return }
    var settings = JointSettings()
    let keys = reader.object("joint")
    settings.pooling = keys.choice("pooling", default: settings.pooling)
    settings.weight = keys.double("weight", default: settings.weight, in: .above(0, upTo: 1_000))
    keys.finish()
    joint = settings
    if cell == .jordan {
      reader.problem("joint", "a Jordan network gives scores, and no states for a label", remedy: "use another cell")
    }
  }
}

extension DataSettings {
  /// Asks the files for a label beside the tags, if the network is to learn it.
  /// - Parameter reader: of the network's keys.
  mutating func readJoint(_ reader: ConfigReader, _ model: ModelSettings) {
    guard model.joint != nil, wanted == .tags else { return }
    wanted = .tagsAndLabel
    guard let format = reading.format, !format.provides.contains(wanted) else { return }
    reader.problem(
      "joint", "\(format.rawValue) files hold no label beside the tags",
      remedy: "one of \(DataFormat.names(providing: .tagsAndLabel)), or leave it out")
  }
}
