import Foundation
import SeqTestSupport
import SequenceToolkit
import Testing

/// The notes of the models fitted last. Each test is a process of its own, for its environment and its working folder are
/// its own.
struct LatestModelTests {
  @Test func theModelNotedLastIsFound() async {
    await #expect(processExitsWith: .success) {
      let workspace = try Workspace()
      setenv("SEQTOOL_STATE", workspace.path + "/deep/state", 1)
      for name in ["one", "two"] {
        try workspace.write("", to: name + "/config.json")
        try LatestModel.record(workspace.path + "/./" + name)
        #expect(try LatestModel.path() == workspace.path + "/" + name)
      }
      try workspace.remove("two")
      let error = #expect(throws: SeqError.self) { try LatestModel.path() }
      #expect(error?.kind == .missingInput && error?.description.contains("no longer exists") == true)
    }
  }

  @Test func eachFolderHasItsOwn() async {
    await #expect(processExitsWith: .success) {
      let workspace = try Workspace()
      setenv("SEQTOOL_STATE", workspace.path + "/state", 1)
      for name in ["a", "b", "c"] { try workspace.write("", to: name + "/m/config.json") }
      for name in ["a", "b"] {
        chdir(workspace.path + "/" + name)
        try LatestModel.record("m")
      }
      chdir(workspace.path + "/a")
      #expect(try LatestModel.path() == workspace.path + "/a/m")
      chdir(workspace.path + "/c")
      let error = #expect(throws: SeqError.self) { try LatestModel.path() }
      let other = workspace.path + "/b/m"
      #expect(
        error?.description == "no model was fitted from this folder; the last one is \(other) (name that one)")
    }
  }

  @Test func withoutANoteThereIsNone() async {
    await #expect(processExitsWith: .success) {
      let workspace = try Workspace()
      setenv("SEQTOOL_STATE", "", 1)
      setenv("XDG_STATE_HOME", workspace.path + "/x", 1)
      func kind() -> SeqError.Kind? { (#expect(throws: SeqError.self) { try LatestModel.path() })?.kind }
      #expect(kind() == .missingInput)
      try LatestModel.record(workspace.path)
      #expect(workspace.exists("x/seqtool/latest"), "an empty variable counts as none")
      #expect(try LatestModel.path() == workspace.path)
      unsetenv("XDG_STATE_HOME")
      setenv("HOME", workspace.path + "/home", 1)
      #expect(kind() == .missingInput)
      try LatestModel.record(workspace.path)
      #expect(workspace.exists("home/.local/state/seqtool/latest"))
      #expect(try LatestModel.path() == workspace.path)
    }
  }
}
