import ArgumentParser
import SeqCore
import SequenceToolkit

/// Runs a command's body and turns an error into one message a finding on standard error and the right exit status.
/// What readers note on the way is told as warnings.
func reporting(_ body: () throws -> Void) throws {
  ResourceLimits.areErrors()
  do {
    try ReadingNotes(warn: warn).collecting(body)
  } catch let error as SeqError {
    report(error)
    throw ExitCode(error.exitStatus)
  }
}

/// Writes one message a finding on standard error.
func report(_ error: SeqError) {
  for diagnostic in error.diagnostics { Terminal.error.line("error: \(diagnostic)", style: .red) }
}

/// A warning: what a user should know and need not mend.
@Sendable func warn(_ message: String) { Terminal.error.line("warning: \(message)", style: .yellow) }
