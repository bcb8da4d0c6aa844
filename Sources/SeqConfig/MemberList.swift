import SeqCore

/// The members of an object while it is being read; finds a key given twice.
struct MemberList {
  private(set) var members: [ConfigNode.Member] = []
  /// The position of each key; only kept from the ninth key on, because small objects are faster without it.
  private var positions: [String: Int] = [:]

  /// Where the key was given before, if it was.
  func place(of key: String) -> Place? {
    if members.count <= 8 { return members.first { $0.key == key }?.keyPlace }
    return positions[key].map { members[$0].keyPlace }
  }

  /// Adds a key that is not there yet.
  mutating func append(_ member: ConfigNode.Member) {
    members.append(member)
    if members.count == 9 {
      for (position, member) in members.enumerated() { positions[member.key] = position }
    } else if members.count > 9 {
      positions[member.key] = members.count - 1
    }
  }

  /// The error for a key given twice.
  static func duplicate(_ path: String, at place: Place, first: Place) -> SeqError {
    var place = place
    place.path = path
    let origin = first.line.map { ", first given on line \($0)" } ?? ""
    return .data("duplicate key\(origin)", at: place)
  }
}
