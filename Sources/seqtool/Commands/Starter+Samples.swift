// Sample data: enough to see the format and to run the commands, far too little to learn much.

extension Starter {
  /// Of train, dev and test.
  var samples: [String] {
    switch task {
    case .classification, .oneToOne: Self.texts
    case .tagging: Self.sentences
    case .transduction: Self.pairs
    case .generation: Self.lines
    }
  }

  private static let texts = [
    """
    text,label
    when does the next train leave,question
    the train leaves at noon,statement
    who left the lights on,question
    "she said, quite calmly, that she had",statement
    where can I buy a ticket,question
    you can buy one on board,statement
    how long does it take,question
    it takes about an hour,statement
    why is the door locked,question
    the door sticks in wet weather,statement
    is there a seat by the window,question
    both window seats are taken,statement

    """,
    """
    text,label
    what time is it,question
    it is half past nine,statement
    where is the platform,question
    the platform is upstairs,statement

    """,
    """
    text,label
    how much is a return ticket,question
    a return ticket is cheaper,statement
    when do the doors open,question
    the doors open at eight,statement

    """,
  ]

  private static let sentences = [
    columns([
      "wake/O me/O at/O seven/B-time", "wake/O me/O at/O half/B-time past/I-time six/I-time",
      "play/O some/O jazz/B-genre", "play/O quiet/B-genre piano/I-genre music/I-genre",
      "set/O an/O alarm/O for/O noon/B-time", "put/O on/O jazz/B-genre at/O eight/B-time",
      "no/O music/O before/O seven/B-time", "play/O soul/B-genre until/O midnight/B-time",
    ]),
    columns(["play/O jazz/B-genre at/O noon/B-time", "wake/O me/O at/O six/B-time"]),
    columns(["play/O some/O soul/B-genre", "set/O an/O alarm/O for/O half/B-time past/I-time seven/I-time"]),
  ]

  /// Words and the names of their letters.
  private static let pairs = [
    spelled(["cab", "bed", "ace", "fade", "bead", "deaf", "cafe", "face", "dab", "feed", "beef", "added"]),
    spelled(["fed", "decade", "cede"]), spelled(["bad", "facade", "dead"]),
  ]

  private static func spelled(_ words: [String]) -> String {
    let names: [Character: String] = ["a": "ay", "b": "bee", "c": "cee", "d": "dee", "e": "ee", "f": "eff"]
    return words.map { word in word + "\t" + word.compactMap { names[$0] }.joined(separator: " ") + "\n" }.joined()
  }

  private static let lines = [
    """
    text,label
    the snow is melting,spring
    the first crocus is out,spring
    lambs stand in the wet grass,spring
    the swallows are back,spring
    the grass is dry and brown,summer
    even the nights are warm,summer
    thunder comes with the evening,summer
    children swim in the lake,summer
    leaves drift over the road,autumn
    fog lies on the fields,autumn
    the swallows have gone,autumn
    apples wait in crates,autumn

    """,
    "text,label\nthe nights are short,summer\nfog lies on the lake,autumn\nthe grass is out,spring\n",
    "text,label\nleaves lie on the grass,autumn\nthe lake is warm,summer\nthe road is wet,spring\n",
  ]

  /// `token/TAG token/TAG` sentences as CoNLL columns.
  private static func columns(_ sentences: [String]) -> String {
    sentences.map { sentence in
      sentence.split(separator: " ").map { $0.replacing("/", with: "\t") + "\n" }.joined() + "\n"
    }.joined()
  }
}
