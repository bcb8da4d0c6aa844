import SeqCore
import SequenceToolkit

/// The records of a file or of standard input, in batches: as many as a model takes at a time, or those available
/// before it has to wait.
struct RecordInput {
  /// The most bytes of texts to hold before they are returned.
  private static let heldBytes = 1 << 20

  let path: String
  let options: ReadingOptions
  private let isTold: Bool
  /// The most records of a batch.
  let size: Int
  private let fit: FitConfig

  /// - Parameters:
  ///   - isTold: whether the user named the format, so that no other one is suggested.
  ///   - fit: the config of the model that reads it.
  init(path: String, options: ReadingOptions, isTold: Bool, size: Int, fit: FitConfig) {
    (self.path, self.options, self.isTold, self.size, self.fit) = (path, options, isTold, size, fit)
  }

  /// The input's name in messages.
  var name: String { path == "-" ? "standard input" : path }

  /// The place of a record.
  func place(of record: Record) -> Place { .line(record.line, of: record.file ?? name) }

  /// Lines in UTF-8 need no record reader: a NUL is a character like others.
  private var hasPlainLines: Bool { options.format?.holdsTextsAlone == true && options.encoding == .utf8 }

  /// Answers one batch after the other, and calls `take` with the answers.
  ///
  /// The next records are read while a batch is answered, unless they cost little to read or have to be waited for.
  ///
  /// - Parameters:
  ///   - overlaps: false if the user wants one thread.
  ///   - work: prepares the answering of a batch, which then runs on a thread of its own; never two at a time.
  /// - Throws: what reading or `take` throws; records that were read before are still answered.
  func forEachBatch<Answers>(
    overlaps: Bool, answering work: @escaping ([Record]) -> () -> Answers,
    take: @escaping (Answers) throws(SeqError) -> Void
  ) throws(SeqError) {
    if hasPlainLines || !overlaps { return try forEachBatch { batch throws(SeqError) in try take(work(batch)()) } }
    let answering = Answering(take)
    do {
      try forEachBatch(beforeWaiting: answering.finish) { batch throws(SeqError) in
        let body = work(batch)
        try answering.finish()
        answering.start(body)
      }
    } catch {
      try answering.finish()
      throw error
    }
    try answering.finish()
  }

  /// The batch that is answered while the next is read.
  private final class Answering<Answers> {
    private let take: (Answers) throws(SeqError) -> Void
    private var current: Aside<Answers>?

    init(_ take: @escaping (Answers) throws(SeqError) -> Void) { self.take = take }

    func start(_ body: @escaping () -> Answers) { current = Aside(body) }

    func finish() throws(SeqError) {
      guard let done = current else { return }
      current = nil
      try take(done.result)
    }
  }

  /// Calls `take` with one batch after the other.
  /// - Parameter beforeWaiting: called before waiting for more records, when all available ones were taken.
  /// - Throws: what reading or `take` throws.
  func forEachBatch(
    beforeWaiting settle: @escaping () throws(SeqError) -> Void = { () throws(SeqError) in },
    _ take: @escaping ([Record]) throws(SeqError) -> Void
  ) throws(SeqError) {
    if hasPlainLines { return try forEachBatchOfLines(take) }
    let batch = Batch(size: size, take, settle)
    let watch = InputWatch.current
    watch?.willWait = batch.settleAll
    defer { watch?.willWait = {} }
    do {
      try readRecords(path: path, options: options, wanting: .fields) { record throws(SeqError) in try batch.add(record)
      }
    } catch {
      // Records before a mistake are answered.
      try batch.give()
      throw error
    }
    try batch.give()
  }

  private func forEachBatchOfLines(_ take: ([Record]) throws(SeqError) -> Void) throws(SeqError) {
    var lines = try LineInput(path, batch: size, invalidBytes: options.invalidBytes)
    var (number, isFirst) = (0, true)
    while true {
      let batch = try lines.next()
      if batch.isEmpty { return }
      if isFirst { warnOfLook(batch) }
      isFirst = false
      try take(
        batch.map { line in
          number += 1
          return Record(text: line, line: number)
        })
    }
  }

  /// Warns if lines look like examples of a format.
  private func warnOfLook(_ lines: [String]) {
    guard !isTold, let format = DataFormat(lookOf: lines.prefix(50), names: fit.columnNames) else { return }
    let command = CommandLine.arguments.dropFirst().first ?? "tag"
    let file = path == "-" ? "" : " " + shellQuoted(path)
    warn(
      "\(name) looks like \(format.rawValue) but is read as plain lines (to change that: seqtool \(command) --from "
        + "\(format.rawValue)\(file); to confirm it: --from lines)")
  }

  /// Records that wait for more to fill a batch.
  private final class Batch {
    private let size: Int
    private let take: ([Record]) throws(SeqError) -> Void
    private let settle: () throws(SeqError) -> Void
    private var records: [Record] = []
    private var bytes = 0
    /// The error that occurred before reading had to wait.
    private var failure: SeqError?

    init(
      size: Int, _ take: @escaping ([Record]) throws(SeqError) -> Void,
      _ settle: @escaping () throws(SeqError) -> Void
    ) {
      (self.size, self.take, self.settle) = (size, take, settle)
    }

    func add(_ record: Record) throws(SeqError) {
      if let failure { throw failure }
      records.append(record)
      bytes += record.text?.utf8.count ?? 0
      if records.count >= size || bytes >= RecordInput.heldBytes { try give() }
    }

    func give() throws(SeqError) {
      if let failure { throw failure }
      if records.isEmpty { return }
      let given = records
      (records, bytes) = ([], 0)
      try take(given)
    }

    func settleAll() {
      do {
        try give()
        try settle()
      } catch {
        failure = error
      }
    }
  }
}
