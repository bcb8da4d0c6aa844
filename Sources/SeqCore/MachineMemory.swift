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
  /// Bytes of the machine, or fewer if the process is limited: by itself (`ulimit -v`) or in a container.
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

  /// The least limit of the control groups that a process is in, of Linux's version 2 or 1.
  ///
  /// - Parameters:
  ///   - groups: lines such as `4:memory:/a/b`, or `0::/a/b` of version 2.
  ///   - root: where the groups are mounted. A container may see its own group as the root: each group above counts too.
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

/// What happens when the system gives no more memory for numbers: nothing can go on then.
public enum OutOfMemory {
  private static let handler = Mutex<(@Sendable (Int) -> Never)?>(nil)

  /// Has `handler` end the process; it gets the bytes that were asked for. Without one, the process traps.
  public static func ends(by handler: @escaping @Sendable (Int) -> Never) { Self.handler.withLock { $0 = handler } }

  /// Ends the process, as the system has refused so many bytes.
  package static func end(_ bytes: Int) -> Never {
    if let handler = handler.withLock({ $0 }) { handler(bytes) }
    fatalError("out of memory: the system refuses \(bytes) bytes")
  }
}
