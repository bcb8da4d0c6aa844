// What a client of the library needs with `import SequenceToolkit` alone: errors, settings, predictions and scores.
@_exported public import SeqCore
@_exported public import SeqData
@_exported public import SeqEncoding
@_exported public import SeqExperiment
@_exported public import SeqInference
@_exported public import SeqLayers
@_exported public import SeqMetrics
@_exported public import SeqModel
@_exported public import SeqRecords
@_exported public import SeqTags
@_exported public import SeqTensor
@_exported public import SeqText
@_exported public import SeqTraining
