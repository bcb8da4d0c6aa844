import SeqConfig
package import SeqCore
import SeqInference
package import SeqTraining

/// Which fits can be gone on with.
extension CheckpointStore {
  /// The only setting of which a resumed fit may have another value.
  package static let epochs = "training.epochs"

  /// Tells before the data is read whether there is something to go on with. Call it with the lock of the model's folder.
  /// - Throws: `.missingInput` if not.
  package static func checkPresence(for config: ExperimentConfig) throws(SeqError) {
    let directory = ModelDirectory(config.output)
    FileSystem.recoverFolder(directory.checkpoint)
    guard !FileSystem.isFolder(directory.checkpoint) else { return }
    let place = Place.file(FileSystem.displayed(config.output))
    guard FileSystem.exists(directory.path + "/model.safetensors") else {
      throw .missingInput("there is no interrupted fit to resume", at: place, remedy: .beginFit)
    }
    let difference = try directory.difference(from: config)
    guard let difference else {
      throw .missingInput(
        "the fit is finished, so there is nothing to resume", at: place,
        remedy: .scoreModel("\(place)"))
    }
    guard difference == epochs else {
      throw .missingInput(
        "there is no interrupted fit to resume, but a finished model of another config", at: place,
        remedy: .replaceModel)
    }
    throw .missingInput(
      "the fit is finished, and its checkpoint, which more epochs would need, was removed", at: place,
      remedy: .fitAnew("\(epochs)=\(config.training.epochs)"))
  }

  /// Tells whether a fit may end after another number of epochs than it was begun with.
  ///
  /// - Parameter before: that number.
  /// - Throws: `.data` if the result would not be that of a fit begun so.
  package func checkEpochs(_ settings: TrainingSettings, before: Int?, done: TrainingState) throws(SeqError) {
    guard let before, before != settings.epochs else { return }
    let again = Remedy.keepOrBeginAnew("give \(before) as before")
    if settings.schedule.dependsOnEpochs {
      throw .data(
        "the fit was begun with \(before), and the learning rates of the schedule \(settings.schedule.kind.rawValue) "
          + "depend on that", at: .path(Self.epochs), remedy: again)
    }
    if settings.epochs < done.epoch || settings.epochs == done.epoch && done.batch > 0 {
      throw .data(
        "the interrupted fit is already past epoch \(settings.epochs): it has done \(done.epoch) epochs",
        at: .path(Self.epochs), remedy: again)
    }
  }
}
