import Foundation

/// What a command left when it ended.
public struct CommandResult: Sendable {
  /// As a shell reports it: 128 and the signal's number if a signal ended it.
  public let status: Int32
  public let stdout: String
  public let stderr: String

  /// The lines of standard error, but for the one that says which model and file were taken: see `account`.
  public var complaints: [String] { lines.filter { !$0.hasPrefix(Self.accountMark) } }

  /// The line that says which model and file a command took.
  public var account: String? { lines.first { $0.hasPrefix(Self.accountMark) } }

  private static let accountMark = "model "
  private var lines: [String] { stderr.split(separator: "\n").map(String.init) }
}

/// A command that runs in a workspace, reachable while it runs.
public final class Command {
  private let process = Process()
  private let input: Pipe?
  private let output: String
  private let errors: String

  /// The built `seqtool`, which lies beside the tests' bundle.
  public static let seqtool: String = {
    #if os(macOS)
      let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? Bundle.main.bundleURL
    #else
      let bundle = Bundle.main.executableURL ?? Bundle.main.bundleURL
    #endif
    return bundle.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "seqtool").path
  }()

  /// Starts a command.
  ///
  /// - Parameters:
  ///   - stdin: all of standard input; nil leaves it open for `send`.
  ///   - stdout: a file or device for standard output instead of one that `finish` reads.
  init(
    _ executable: String, _ arguments: [String], in folder: Workspace, stdin: String?, environment: [String: String],
    stdout: String? = nil
  ) throws {
    let scratch = FileManager.default.temporaryDirectory.path + "/seqtool-streams-\(UUID().uuidString)"
    output = stdout ?? scratch + ".out"
    errors = scratch + ".err"
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = Self.environment(folder).merging(environment) { $1 }
    process.standardOutput = try Self.writing(to: output, isNew: stdout == nil)
    process.standardError = try Self.writing(to: errors, isNew: true)
    if let stdin {
      input = nil
      let file = scratch + ".in"
      try Data(stdin.utf8).write(to: URL(filePath: file))
      process.standardInput = FileHandle(forReadingAtPath: file)
      try run()
      try FileManager.default.removeItem(atPath: file)
    } else {
      let pipe = Pipe()
      input = pipe
      process.standardInput = pipe
      try run()
    }
  }

  /// Starts the process with no signal blocked: the threads of the pool that tests run on block most, and a child
  /// inherits that.
  private func run() throws {
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
  }

  /// The surroundings of the tests without what changes the command's ways, and a state of the workspace's own.
  private static func environment(_ folder: Workspace) -> [String: String] {
    var variables = ProcessInfo.processInfo.environment.filter { name, _ in
      !name.hasPrefix("SEQTOOL_") && !["NO_COLOR", "XDG_STATE_HOME", "COLUMNS"].contains(name)
    }
    variables["HOME"] = folder.path
    variables["SEQTOOL_STATE"] = folder.path + "/state"
    return variables
  }

  private static func writing(to path: String, isNew: Bool) throws -> FileHandle {
    if isNew { try Data().write(to: URL(filePath: path)) }
    return try FileHandle(forWritingTo: URL(filePath: path))
  }

  public var processIdentifier: Int32 { process.processIdentifier }
  public var isRunning: Bool { process.isRunning }
  public var outputSoFar: String { Self.text(output) }
  public var errorsSoFar: String { Self.text(errors) }

  private static func text(_ path: String) -> String {
    guard path.hasPrefix("/dev/") == false, let data = FileManager.default.contents(atPath: path) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }

  /// Writes to standard input.
  public func send(_ text: String) throws {
    guard process.isRunning else { throw Unexpected("ended with \(process.terminationStatus): \(errorsSoFar)") }
    try input?.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  public func closeInput() throws { try input?.fileHandleForWriting.close() }

  public func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Waits until something holds, looking every few milliseconds.
  /// - Throws: after a minute, or if the command ends before.
  public func wait(_ what: String, until holds: (Command) -> Bool) throws {
    for _ in 0..<12_000 {
      if holds(self) { return }
      guard process.isRunning else {
        if holds(self) { return }
        throw Unexpected("ended before \(what): \(errorsSoFar)")
      }
      usleep(5_000)
    }
    process.terminate()
    throw Unexpected("waited in vain for \(what): \(errorsSoFar)")
  }

  /// Sends a signal that is to end the process, and waits for that with standard input open: at its end the command might
  /// be done before its thread that takes signals gets a processor.
  public func end(by number: Int32) throws -> CommandResult {
    signal(number)
    for _ in 0..<12_000 where process.isRunning { usleep(5_000) }
    return try finish()
  }

  /// Closes standard input and waits for the end.
  public func finish(sending text: String = "") throws -> CommandResult {
    if !text.isEmpty { try send(text) }
    try closeInput()
    process.waitUntilExit()
    let status = process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
    let result = CommandResult(status: status, stdout: outputSoFar, stderr: errorsSoFar)
    for file in [output, errors] where !file.hasPrefix("/dev/") { try? FileManager.default.removeItem(atPath: file) }
    return result
  }
}

/// What a test did not expect of the command.
public struct Unexpected: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

extension Workspace {
  /// Runs `seqtool` in this folder to its end.
  @discardableResult
  public func seqtool(
    _ arguments: String..., stdin: String = "", environment: [String: String] = [:]
  ) throws -> CommandResult {
    try seqtool(arguments, stdin: stdin, environment: environment)
  }

  /// The same with arguments that were put together.
  public func seqtool(
    _ arguments: [String], stdin: String = "", environment: [String: String] = [:]
  ) throws -> CommandResult {
    try Command(Command.seqtool, arguments, in: self, stdin: stdin, environment: environment).finish()
  }

  /// Starts `seqtool` in this folder with its standard input open.
  ///
  /// - Parameter stdout: a device for standard output; what it takes is not in the result.
  public func start(
    _ arguments: [String], environment: [String: String] = [:], stdout: String? = nil
  ) throws -> Command {
    try Command(Command.seqtool, arguments, in: self, stdin: nil, environment: environment, stdout: stdout)
  }

  /// Runs a line of shell to its end; `$seqtool` is the command.
  public func shell(_ line: String) throws -> CommandResult {
    try Command("/bin/sh", ["-c", line], in: self, stdin: "", environment: ["seqtool": Command.seqtool]).finish()
  }

  /// Runs any command to its end.
  public func run(_ executable: String, _ arguments: [String]) throws -> CommandResult {
    try Command(executable, arguments, in: self, stdin: "", environment: [:]).finish()
  }
}
