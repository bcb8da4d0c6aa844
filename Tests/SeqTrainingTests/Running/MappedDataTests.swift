import SeqCore
import SeqData
import SeqLayers
import SeqModel
import SeqRecords
import SeqTensor
import SeqTestSupport
import SeqTraining
import Testing

/// A dataset on disk is the dataset in memory, for those who read it and for those who learn from it.
struct MappedDataTests {
  private func mapped(_ data: EncodedDataset, in folder: Workspace) throws -> EncodedDataset {
    var writer = try EncodedDatasetWriter(folder.path + "/data", isTagged: data.isTagged)
    for sequence in 0..<data.count {
      let ids = (0..<data.length(sequence)).map { data.token(sequence, $0) }
      let labels = (0..<data.labelCount(sequence)).map { data.label(sequence, $0) }
      writer.append(ids: ids[...], labels: labels[...])
    }
    let size = try writer.finish()
    return try EncodedDataset(mapping: folder.path + "/data", isTagged: data.isTagged, size: size)
  }

  @Test(arguments: [Topology.pooled, .stepwise], [0, 1, 300])
  func itHoldsTheSame(topology: Topology, count: Int) throws {
    let folder = try Workspace()
    let data = Toy.data(topology, count: count)
    let mapped = try mapped(data, in: folder)
    #expect(mapped == data && mapped.isMapped && !data.isMapped)
    mapped.willNeed(Array(0..<count)[...])
    mapped.releasePages()
    #expect(mapped == data && mapped.tokenCount == data.tokenCount)
    #expect(mapped.prefix(10) == data.prefix(10))
  }

  @Test func damagedFilesAreRefused() throws {
    let folder = try Workspace()
    _ = try mapped(Toy.data(.stepwise, count: 9), in: folder)
    let size = EncodedDataset.Size(sequences: 9, tokens: 1, labels: 1)
    #expect(throws: SeqError.self) {
      try EncodedDataset(mapping: folder.path + "/data", isTagged: true, size: size)
    }
  }

  @Test func theSameWeightsAreLearned() throws {
    let folder = try Workspace()
    let data = Toy.data(.stepwise, count: 1500)
    func learned(_ data: EncodedDataset) throws -> [Float] {
      let trainer = Trainer(
        model: Toy.model(.stepwise), data: data, settings: Toy.settings(epochs: 2), options: LossOptions(),
        team: WorkerTeam(width: 2), collaborators: .init())
      _ = try trainer.run()
      return trainer.best.numbers
    }
    #expect(try learned(data) == learned(try mapped(data, in: folder)))
  }
}
