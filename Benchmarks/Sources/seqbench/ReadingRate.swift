import SequenceToolkit

/// How fast a file of examples is read, from its bytes to records.
enum ReadingRate {
  /// Reads a file again and again and keeps the fastest time.
  static func measure(_ path: String, format: String, rounds: Int) throws(SeqError) -> String {
    guard let format = DataFormat(rawValue: format) else { throw .usage("no format \(format)") }
    let wanted = Wanted.allCases.first { $0 != .text && format.provides.contains($0) } ?? .text
    let options = ReadingOptions(format: format)
    var (best, records) = (Double.infinity, 0)
    for _ in 0..<rounds {
      let watch = Stopwatch()
      records = 0
      try readRecords(path: path, options: options, wanting: wanted) { _ in records += 1 }
      best = min(best, watch.seconds)
    }
    return JSONLine([("seconds", .number(best)), ("records", .number(Double(records)))]).text
  }
}
