import SeqCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A child process whose output is kept.
///
/// Only this process reads its pipe: if this process is killed, the child ends at its next write, and it never writes
/// to our files.
@safe final class ChildProcess {
  /// How a program ended.
  enum Ending: Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  private let identifier: pid_t
  private let output: ScratchFile?
  private let errors: ScratchFile
  /// The reading end of the pipe; −1 without one.
  private let pipe: Int32
  private var ending: Ending?

  /// Starts a program, which is found as a shell finds it.
  ///
  /// - Parameter isPiped: whether its standard output goes to `read` instead of `texts`.
  /// - Returns: `nil` if there is no such program.
  init?(_ program: String, _ arguments: [String], isPiped: Bool = false) throws(SeqError) {
    output = isPiped ? nil : try ScratchFile()
    errors = try ScratchFile()
    var ends: [Int32] = [-1, -1]
    if isPiped { try Self.open(&ends) }
    pipe = ends[0]
    var identifier: pid_t = 0
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output?.descriptor ?? ends[1], STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, errors.descriptor, STDERR_FILENO)
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { for i in unsafe words.indices { unsafe free(words[i]) } }
    let status = unsafe Self.withSignals { attributes in
      unsafe posix_spawnp(&identifier, program, &actions, attributes, &words, environ)
    }
    self.identifier = identifier
    if ends[1] >= 0 { close(ends[1]) }
    guard status != 0 else { return }
    // There is no process to wait for.
    ending = .exited(127)
    if status == ENOENT { return nil }
    throw .inputOutput("\(program) cannot be started: \(unsafe String(cString: strerror(status)).lowercased())")
  }

  deinit { if pipe >= 0 { close(pipe) } }

  /// Makes a pipe whose ends are not inherited.
  private static func open(_ ends: inout [Int32]) throws(SeqError) {
    guard unsafe systemPipe(&ends) == 0 else {
      let reason = FileSystem.systemMessage()
      throw .inputOutput("no pipe: \(reason)")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  /// Calls `body` with attributes that reset the signals which this process blocks or ignores.
  private static func withSignals<Result>(
    _ body: (UnsafePointer<posix_spawnattr_t>) -> Result
  ) -> Result {
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = unsafe posix_spawnattr_t()
    #endif
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe posix_spawnattr_setsigmask(&attributes, &set)
    for number in [SIGPIPE, SIGTERM, SIGINT] { unsafe sigaddset(&set, number) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &set)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    return unsafe body(&attributes)
  }

  /// Waits for output in the pipe, at most `milliseconds`.
  ///
  /// - Returns: the number of bytes; 0 at the end, nil if there were none in that time.
  func read(into buffer: inout [UInt8], milliseconds: Int32) -> Int? {
    var request = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&request, 1, milliseconds) > 0 else { return nil }
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe systemRead(pipe, $0.baseAddress, $0.count) }
    return count < 0 ? errno == EINTR || errno == EAGAIN ? nil : 0 : count
  }

  /// Asks the program to end.
  func terminate() { if ending == nil { kill(identifier, SIGTERM) } }

  /// Waits for the program to end.
  func finish() -> Ending {
    while ending == nil { wait() }
    return ending ?? .exited(0)
  }

  /// The texts on standard output and standard error.
  var texts: (output: String, errors: String) { (output?.text ?? "", errors.text) }

  private func wait() {
    var status: Int32 = 0
    let result = unsafe waitpid(identifier, &status, 0)
    if result < 0, errno == EINTR { return }
    let signal = status & 0x7F
    ending = signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }
}

/// `pipe` and `read`, under names that no member shadows.
private func systemPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 { unsafe pipe(ends) }
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(file, buffer, count)
}

/// A file without a name.
private final class ScratchFile {
  let descriptor: Int32

  init() throws(SeqError) {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array((folder + "/seqtool-XXXXXX").utf8CString)
    descriptor = unsafe mkstemp(&template)
    if descriptor < 0 {
      let reason = FileSystem.systemMessage()
      throw .inputOutput("no scratch file: \(reason)", at: .file(folder))
    }
    unsafe unlink(template)
    // The descriptor is not inherited: the child gets it as one of its standard streams.
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  var text: String {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
