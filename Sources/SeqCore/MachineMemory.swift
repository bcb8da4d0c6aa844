#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How much memory a process can have at most.
public enum MachineMemory {
  /// Bytes of the machine, or fewer if the process is limited (`ulimit -v`).
  package static var bytes: Int {
    let physical = max(1, Int(sysconf(Int32(_SC_PHYS_PAGES)))).multipliedReportingOverflow(by: Int(getpagesize()))
    let installed = physical.overflow ? Int.max : physical.partialValue
    return min(installed, limit)
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

  /// Bytes as a person reads them.
  public static func text(_ bytes: Int) -> String {
    let tenths = bytes / (1 << 20) * 10 / 1024
    return bytes < 1 << 30 ? "\(bytes >> 20) MiB" : "\(tenths / 10).\(tenths % 10) GiB"
  }
}
