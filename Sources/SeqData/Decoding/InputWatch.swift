/// Watches the files that a task reads: how many bytes were read, and when reading has to wait for more.
///
/// Unchecked because the thread that installs it is the one that reads.
public final class InputWatch: @unchecked Sendable {
  /// The watch of the current task.
  @TaskLocal public static var current: InputWatch?

  /// The number of bytes read so far, before decompression.
  public private(set) var bytes = 0
  /// Called before a read that would wait, so that answers to the input so far need not wait.
  public var willWait: () -> Void = {}
  /// Called after each read.
  public var didRead: () -> Void = {}

  /// A watch that has seen nothing.
  public init() {}

  /// Runs `body` so that what it reads is watched.
  public func watching<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    var result: Swift.Result<Result, Failure>?
    InputWatch.$current.withValue(self) {
      do throws(Failure) { result = .success(try body()) } catch { result = .failure(error) }
    }
    guard let result else { preconditionFailure("the body was not run") }
    return try result.get()
  }

  func add(_ count: Int) {
    bytes += count
    didRead()
  }
}
