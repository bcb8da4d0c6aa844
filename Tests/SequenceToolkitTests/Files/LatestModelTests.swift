import Foundation
import SeqTestSupport
import SequenceToolkit
import Testing

/// The note of the model fitted last. Each test is a process of its own, for its environment is its own.
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
      #expect(error?.kind == .missingInput && error?.description.contains("is gone") == true)
    }
  }

  @Test func withoutANoteThereIsNone() async {
    await #expect(processExitsWith: .success) {
      let workspace = try Workspace()
      setenv("SEQTOOL_STATE", "", 1)
      setenv("XDG_STATE_HOME", workspace.path, 1)
      let error = #expect(throws: SeqError.self) { try LatestModel.path() }
      #expect(error?.kind == .missingInput)
      try workspace.write("\(workspace.path)\n", to: "seqtool/latest")
      #expect(try LatestModel.path() == workspace.path, "an empty variable counts as none")
      unsetenv("XDG_STATE_HOME")
      setenv("HOME", workspace.path + "/home", 1)
      #expect(throws: SeqError.self) { try LatestModel.path() }
      try workspace.write("\(workspace.path)\n", to: "home/.local/state/seqtool/latest")
      #expect(try LatestModel.path() == workspace.path)
    }
  }
}
