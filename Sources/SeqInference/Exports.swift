// What a client needs with `import SeqInference` alone: models that answer, and errors.
@_exported public import SeqCore
@_exported public import SeqEncoding
@_exported public import SeqLayers
@_exported public import SeqText
