// A vector for SUNDIALS with its own storage and operations. Debian's library is compiled without
// optimisation, so every operation of its serial vector costs six times too much; and the error
// norm of a batch of trials has to know where one trial ends.

import CSundials
import Numerics
import Ranks

/// What an `N_Vector` of this room holds. Clones share all but the data.
struct VectorContent {
  var data: UnsafeMutablePointer<Double>
  let count: Int
  let blockCount: Int
  let ownsData: Bool
  /// How many leading numbers the weighted maximum norm looks at, a multiple of eight; 0 where the
  /// vector's norm is the root mean square.
  var normCount = 0
  /// Where the vector is this rank's part of one that spans several.
  var span: Unmanaged<VectorSpan>?
}

/// The SUNDIALS context: one for each simulation, used by one task at a time.
struct Context: ~Copyable {
  let raw: SUNContext

  init() {
    var made: SUNContext?
    precondition(SUNContext_Create(nil, &made) == 0, "SUNDIALS could not make a context")
    raw = made!
  }

  deinit {
    var raw: SUNContext? = self.raw
    SUNContext_Free(&raw)
  }
}

/// Owns one `N_Vector`.
struct Vector: ~Copyable {
  let raw: N_Vector
  /// This rank's part, where the vector spans several.
  private var local: N_Vector?

  /// A vector of zeros, its data aligned to 64 bytes.
  init(count: Int, blockCount: Int, context: borrowing Context) {
    raw = makeVector(count: count, blockCount: blockCount, context: context.raw)
  }

  /// A vector of zeros with the weighted maximum norm over its leading numbers. Its length is
  /// rounded up to whole groups of eight, so that no operation has a rest to deal with.
  init(count: Int, maximumNormOver normCount: Int, context: borrowing Context) {
    let whole = roundedToEight(count)
    raw = emptyVector(
      VectorContent(
        data: alignedZeros(whole), count: whole, blockCount: 1, ownsData: true,
        normCount: roundedToEight(normCount)),
      context: context.raw)
  }

  /// A vector over memory of others, which `point(to:)` sets.
  init(viewOf count: Int, blockCount: Int, context: borrowing Context) {
    raw = emptyVector(
      VectorContent(
        data: unusedStorage, count: count, blockCount: blockCount, ownsData: false),
      context: context.raw)
  }

  private init(raw: N_Vector, local: N_Vector) {
    self.raw = raw
    self.local = local
  }

  /// The vector of all ranks, of which this becomes the part of this rank; itself for one rank.
  ///
  /// - Parameter span: outlives the vector and its clones.
  /// - Throws: `IntegrationFailure` where SUNDIALS' library for it is not there.
  consuming func spread(over span: VectorSpan, context: borrowing Context) throws -> Vector {
    guard let communicator = span.ranks.communicator else { return self }
    content(raw).pointee.span = .passUnretained(span)
    guard let whole = oscine_vector_over_ranks(communicator, raw, context.raw) else {
      _ = consume self
      throw IntegrationFailure(
        code: nil, name: "no vectors over ranks",
        message: "libsundials_nvecmpiplusx cannot be loaded", time: 0,
        advice: "installing SUNDIALS with MPI, or one process")
    }
    installSpan(whole.pointee.ops)
    let part = raw
    discard self
    return Vector(raw: whole, local: part)
  }

  deinit {
    N_VDestroy(raw)
    if let local { N_VDestroy(local) }
  }

  var data: UnsafeMutablePointer<Double> { elements(local ?? raw) }

  /// What SUNDIALS does not know of it.
  var shape: VectorContent { content(local ?? raw).pointee }

  func point(to data: UnsafeMutablePointer<Double>) {
    content(local ?? raw).pointee.data = data
  }
}

/// Where a view points before it is given memory; never read.
private var unusedStorage: UnsafeMutablePointer<Double> {
  UnsafeMutablePointer(bitPattern: MemoryLayout<Double>.alignment)!
}

@inline(__always)
func content(_ vector: N_Vector?) -> UnsafeMutablePointer<VectorContent> {
  vector.unsafelyUnwrapped.pointee.content.assumingMemoryBound(to: VectorContent.self)
}

/// The vector's numbers.
@inline(__always)
func elements(_ vector: N_Vector?) -> UnsafeMutablePointer<Double> { content(vector).pointee.data }

func roundedToEight(_ count: Int) -> Int { max(8, (count + 7) & ~7) }

private func makeVector(count: Int, blockCount: Int, context: SUNContext?) -> N_Vector {
  return emptyVector(
    VectorContent(data: alignedZeros(count), count: count, blockCount: blockCount, ownsData: true),
    context: context)
}

private func emptyVector(_ value: VectorContent, context: SUNContext?) -> N_Vector {
  guard let vector = N_VNewEmpty(context) else {
    preconditionFailure("SUNDIALS could not make a vector")
  }
  let content = UnsafeMutablePointer<VectorContent>.allocate(capacity: 1)
  content.initialize(to: value)
  vector.pointee.content = UnsafeMutableRawPointer(content)
  install(vector.pointee.ops)
  if value.normCount > 0 { installMaximumNorm(vector.pointee.ops) }
  return vector
}

private func clone(_ vector: N_Vector?) -> N_Vector? {
  let like = content(vector).pointee
  return emptyVector(
    VectorContent(
      data: alignedZeros(like.count), count: like.count, blockCount: like.blockCount,
      ownsData: true, normCount: like.normCount, span: like.span),
    context: vector?.pointee.sunctx)
}

private func destroy(_ vector: N_Vector?) {
  guard let vector else { return }
  let held = content(vector)
  if held.pointee.ownsData { UnsafeMutableRawPointer(held.pointee.data).deallocate() }
  held.deallocate()
  N_VFreeEmpty(vector)
}

/// Fills the operation table.
private func install(_ table: N_Vector_Ops) {
  table.pointee.nvgetvectorid = { _ in SUNDIALS_NVEC_CUSTOM }
  table.pointee.nvclone = clone
  table.pointee.nvdestroy = destroy
  table.pointee.nvgetarraypointer = { elements($0) }
  table.pointee.nvgetlength = { sunindextype(content($0).pointee.count) }
  table.pointee.nvlinearsum = linearSum
  table.pointee.nvconst = fill
  table.pointee.nvprod = product
  table.pointee.nvdiv = quotient
  table.pointee.nvscale = scale
  table.pointee.nvabs = absoluteValue
  table.pointee.nvinv = reciprocal
  table.pointee.nvaddconst = addConstant
  table.pointee.nvlinearcombination = linearCombination
  table.pointee.nvscaleaddmulti = scaleAddMultiple
  table.pointee.nvdotprod = dotProduct
  table.pointee.nvmaxnorm = maximumNorm
  table.pointee.nvwrmsnorm = weightedNorm
  table.pointee.nvwrmsnormmask = maskedWeightedNorm
  table.pointee.nvmin = minimum
  table.pointee.nvwl2norm = weightedEuclideanNorm
  table.pointee.nvl1norm = sumNorm
  // of a part, before ranks are summed over
  table.pointee.nvdotprodlocal = dotProduct
  table.pointee.nvmaxnormlocal = maximumNorm
  table.pointee.nvminlocal = minimum
  table.pointee.nvl1normlocal = sumNorm
  table.pointee.nvwsqrsumlocal = { squares($0, $1, 0, content($0).pointee.count) }
}
