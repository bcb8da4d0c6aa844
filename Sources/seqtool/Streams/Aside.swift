#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Work on a thread of its own, whose result can be awaited.
final class Aside<Result> {
  private let work: Work<Result>
  private let thread: pthread_t?

  /// Starts the work.
  /// - Parameter body: the work. Until `result`, nothing else may use what it uses.
  init(_ body: @escaping () -> Result) {
    work = Work(body)
    thread = startThread(work)
  }

  /// Waits for the end of the work. If the system has no more threads, the work is done now.
  var result: Result {
    if let thread { unsafe pthread_join(thread, nil) }
    return work.result ?? work.done()
  }
}

private class AnyWork {
  func run() {}
}

/// Unchecked because one thread does the work, and another one reads the result after that thread has ended.
private final class Work<Result>: AnyWork, @unchecked Sendable {
  private let body: () -> Result
  private(set) var result: Result?

  init(_ body: @escaping () -> Result) { self.body = body }

  override func run() { _ = done() }

  func done() -> Result {
    let result = body()
    self.result = result
    return result
  }
}

#if canImport(Darwin)
  private typealias ThreadArgument = UnsafeMutableRawPointer
#else
  private typealias ThreadArgument = UnsafeMutableRawPointer?
#endif

private func startThread(_ work: AnyWork) -> pthread_t? {
  #if canImport(Glibc)
    var thread = pthread_t()
  #else
    var thread: pthread_t?
  #endif
  let argument = unsafe Unmanaged.passRetained(work).toOpaque()
  let status = unsafe pthread_create(&thread, nil, runWork, argument)
  if status == 0 { return thread }
  unsafe Unmanaged<AnyWork>.fromOpaque(argument).release()
  return nil
}

private func runWork(_ argument: ThreadArgument) -> UnsafeMutableRawPointer? {
  let pointer: UnsafeMutableRawPointer? = unsafe argument
  guard let pointer = unsafe pointer else { return nil }
  unsafe Unmanaged<AnyWork>.fromOpaque(pointer).takeRetainedValue().run()
  return nil
}
