import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How much memory a process can have at most.
public enum MachineMemory {
  /// The machine's memory in bytes, or less if the process has a limit of its own (`ulimit -v`) or runs in a container.
  package static var bytes: Int {
    let physical = max(1, Int(sysconf(Int32(_SC_PHYS_PAGES)))).multipliedReportingOverflow(by: Int(getpagesize()))
    let installed = physical.overflow ? Int.max : physical.partialValue
    return min(installed, limit, groupLimit)
  }

  private static var limit: Int {
    var limit = rlimit()
    #if canImport(Glibc)
      let status = unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    #else
      let status = unsafe getrlimit(RLIMIT_AS, &limit)
    #endif
    return status == 0 ? Int(clamping: limit.rlim_cur) : .max
  }

  private static var groupLimit: Int {
    let groups = try? FileSystem.readText("/proc/self/cgroup", limit: 1 << 20)
    return limit(ofGroups: groups ?? "", below: "/sys/fs/cgroup")
  }

  /// The lowest limit of the Linux control groups (version 2 or 1) of a process.
  ///
  /// - Parameters:
  ///   - groups: lines such as `4:memory:/a/b`, or `0::/a/b` of version 2.
  ///   - root: where the groups are mounted. A container may see its own group as the root, so each group above counts
  ///     too.
  package static func limit(ofGroups groups: String, below root: String) -> Int {
    var least = Int.max
    for line in groups.split(separator: "\n") {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let isFirstVersion = fields[1].split(separator: ",").contains("memory")
      guard isFirstVersion || fields[1].isEmpty else { continue }
      let (base, file) =
        isFirstVersion ? (root + "/memory", "memory.limit_in_bytes") : (root, "memory.max")
      var names = fields[2].split(separator: "/")
      while true {
        let text = try? FileSystem.readText(([base[...]] + names + [file[...]]).joined(separator: "/"), limit: 1 << 16)
        if let number = text.flatMap({ Int($0.prefix { $0 != "\n" }) }), number > 0 { least = min(least, number) }
        if names.popLast() == nil { break }
      }
    }
    return least
  }

  /// Bytes as a person reads them.
  public static func text(_ bytes: Int) -> String {
    let tenths = bytes / (1 << 20) * 10 / 1024
    return bytes < 1 << 30 ? "\(bytes >> 20) MiB" : "\(tenths / 10).\(tenths % 10) GiB"
  }
}

/// What to do when the system has no more memory for numbers: the process cannot continue.
public enum OutOfMemory {
  private static let handler = Mutex<(@Sendable (Int) -> Never)?>(nil)

  /// Sets the handler that ends the process; it gets the number of bytes that were requested. Without a handler, the
  /// process traps.
  public static func ends(by handler: @escaping @Sendable (Int) -> Never) { Self.handler.withLock { $0 = handler } }

  /// Ends the process because the system has refused this many bytes.
  package static func end(_ bytes: Int) -> Never {
    if let handler = handler.withLock({ $0 }) { handler(bytes) }
    fatalError("out of memory: the system refuses \(bytes) bytes")
  }
}
