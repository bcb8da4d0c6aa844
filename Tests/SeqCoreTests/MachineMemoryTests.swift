import SeqCore
import SeqTestSupport
import Testing

/// How much memory a process has in a container.
@Suite struct MachineMemoryTests {
  @Test func `the least limit of the groups above counts in version 2`() throws {
    let workspace = try Workspace()
    try workspace.write("max\n", to: "a/b/memory.max")
    try workspace.write("3000000\n", to: "a/memory.max")
    #expect(MachineMemory.limit(ofGroups: "0::/a/b\n", below: workspace.path) == 3_000_000)
    try workspace.write("2000000\n", to: "a/b/memory.max")
    #expect(MachineMemory.limit(ofGroups: "0::/a/b\n", below: workspace.path) == 2_000_000)
  }

  @Test func `version 1 has a tree of its own for memory`() throws {
    let workspace = try Workspace()
    try workspace.write("9223372036854771712\n", to: "memory/memory.limit_in_bytes")
    try workspace.write("5000000\n", to: "memory/c/memory.limit_in_bytes")
    let groups = "9:name=systemd:/\n4:memory:/c\n0::/\n"
    #expect(MachineMemory.limit(ofGroups: groups, below: workspace.path) == 5_000_000)
    #expect(MachineMemory.limit(ofGroups: "4:cpu,memory:/\n", below: workspace.path) == 9_223_372_036_854_771_712)
  }

  /// In a container the path may be that of the host, while the group itself is mounted as the root.
  @Test func `a path that is not there is passed over`() throws {
    let workspace = try Workspace()
    try workspace.write("4000000\n", to: "memory.max")
    #expect(MachineMemory.limit(ofGroups: "0::/docker/1234\n", below: workspace.path) == 4_000_000)
  }

  @Test(arguments: ["", "nonsense", "1:cpu:/", "0::/x"]) func `without a limit there is none`(groups: String) throws {
    #expect(MachineMemory.limit(ofGroups: groups, below: try Workspace().path) == .max)
  }

  @Test func `a process has some memory`() { #expect(MachineMemory.bytes > 1 << 20) }
}
