import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A program that runs beside us, with what it writes to its standard streams kept for us.
@safe final class ChildProcess {
  /// How a program ended.
  enum Ending: Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  private let identifier: pid_t
  private let output: ScratchFile
  private let errors: ScratchFile
  private var ending: Ending?

  /// Starts a program that is found as a shell finds it.
  ///
  /// - Returns: `nil` if there is no such program.
  init?(_ program: String, _ arguments: [String]) throws(SeqError) {
    output = try ScratchFile()
    errors = try ScratchFile()
    var identifier: pid_t = 0
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output.descriptor, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, errors.descriptor, STDERR_FILENO)
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { for i in unsafe words.indices { unsafe free(words[i]) } }
    let status = unsafe posix_spawnp(&identifier, program, &actions, nil, &words, environ)
    if status == ENOENT { return nil }
    guard status == 0 else {
      throw .inputOutput("\(program) cannot be started: \(unsafe String(cString: strerror(status)).lowercased())")
    }
    self.identifier = identifier
  }

  /// Whether it has ended; does not wait.
  func hasEnded() -> Bool {
    if ending == nil { wait(WNOHANG) }
    return ending != nil
  }

  /// Asks it to end.
  func terminate() { if ending == nil { kill(identifier, SIGTERM) } }

  /// Waits for its end.
  func finish() -> Ending {
    while ending == nil { wait(0) }
    return ending ?? .exited(0)
  }

  /// What it wrote to standard output, and to standard error.
  var texts: (output: String, errors: String) { (output.text, errors.text) }

  private func wait(_ options: Int32) {
    var status: Int32 = 0
    let result = unsafe waitpid(identifier, &status, options)
    if result == 0 || result < 0 && errno == EINTR { return }
    let signal = status & 0x7F
    ending = signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }
}

/// A file without a name.
private final class ScratchFile {
  let descriptor: Int32

  init() throws(SeqError) {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array((folder + "/seqtool-XXXXXX").utf8CString)
    descriptor = unsafe mkstemp(&template)
    if descriptor < 0 { throw .inputOutput("no scratch file: \(FileSystem.systemMessage())", at: .file(folder)) }
    unsafe unlink(template)
    // Its number is only for us: the child gets it as one of its standard streams.
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  var text: String {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
