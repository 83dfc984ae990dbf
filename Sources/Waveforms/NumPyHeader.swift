// The header of a `.npy` file: a magic number, a version, a length, and a Python dictionary with
// exactly the keys descr, fortran_order and shape. It may come from anywhere, so every number is
// checked before it is used, and nothing is allocated that the file's own size does not justify.

import Numerics

struct NumPyHeader {
  /// Why the file is not usable.
  struct Malformed: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }

  enum Kind: Character {
    case real = "f"
    case complex = "c"
    case signed = "i"
    case unsigned = "u"
    case boolean = "b"
  }

  let kind: Kind
  /// Bytes of one element.
  let width: Int
  let bigEndian: Bool
  let columnMajor: Bool
  let shape: [Int]
  let count: Int
  /// Where the elements begin.
  let offset: Int

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  init(_ bytes: [UInt8]) throws(Malformed) {
    guard bytes.starts(with: Self.magic) else { throw Malformed("it is not a NumPy array") }
    guard bytes.count >= 10 else { throw Malformed("it ends inside its header") }
    let version = bytes[6]
    guard (1...3).contains(version), bytes[7] == 0 else {
      throw Malformed("its format version \(version).\(bytes[7]) is not known")
    }
    let lengthWidth = version == 1 ? 2 : 4
    let start = 8 + lengthWidth
    guard bytes.count >= start else { throw Malformed("it ends inside its header") }
    let length = (0..<lengthWidth).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    guard length <= bytes.count - start else { throw Malformed("it ends inside its header") }
    var parser = PythonLiteral(bytes[start..<(start + length)])
    let entries = try parser.dictionary()
    guard case .text(let type)? = entries["descr"] else {
      throw Malformed("its elements have no simple type ('descr')")
    }
    guard case .boolean(let columnMajor)? = entries["fortran_order"] else {
      throw Malformed("its order ('fortran_order') is missing")
    }
    guard case .tuple(let shape)? = entries["shape"] else {
      throw Malformed("its shape is missing")
    }
    guard shape.count <= 32 else { throw Malformed("it has \(shape.count) dimensions") }
    (kind, width, bigEndian) = try Self.elementType(type)
    var size = width
    for extent in shape where extent != 0 {
      let (product, overflow) = size.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw Malformed("its shape \(shape) is impossible") }
      size = product
    }
    count = shape.contains(0) ? 0 : size / width
    offset = start + length
    guard count * width <= bytes.count - offset else {
      throw Malformed(
        "it is cut off: shape \(shape) needs \(count * width) bytes of elements, "
          + "\(bytes.count - offset) are there")
    }
    self.columnMajor = columnMajor
    self.shape = shape
  }

  private static func elementType(_ type: String) throws(Malformed) -> (Kind, Int, Bool) {
    let characters = Array(type)
    let refusal = Malformed("its element type '\(type.prefix(20))' is not real or complex numbers")
    guard characters.count >= 3, "<>|=".contains(characters[0]),
      let kind = Kind(rawValue: characters[1]), let width = Int(String(characters[2...]))
    else { throw refusal }
    let allowed: [Int] =
      switch kind {
      case .real: [4, 8]
      case .complex: [8, 16]
      case .signed, .unsigned: [1, 2, 4, 8]
      case .boolean: [1]
      }
    guard allowed.contains(width) else { throw refusal }
    return (kind, width, characters[0] == ">")
  }

  /// The elements in row-major order.
  func array(_ bytes: [UInt8]) throws(Malformed) -> NumPyArray {
    let order = columnMajor && shape.count > 1 ? rowMajorOrder() : nil
    let position = { (index: Int) in offset + width * (order?[index] ?? index) }
    switch (kind, width) {
    case (.complex, _):
      let half = width / 2
      let values = (0..<count).map { index in
        Complex(
          real(bytes, position(index), half), real(bytes, position(index) + half, half))
      }
      return NumPyArray(shape: shape, width == 16 ? .complex128(values) : .complex64(values))
    case (.real, 4):
      return NumPyArray(
        shape: shape, .float32((0..<count).map { Float(real(bytes, position($0), 4)) }))
    case (.real, _):
      return NumPyArray(
        shape: shape, .float64((0..<count).map { real(bytes, position($0), 8) }))
    case (.signed, _):
      let shift = UInt64(64 - 8 * width)
      return NumPyArray(
        shape: shape,
        .float64(
          (0..<count).map {
            Double(Int64(bitPattern: bits(bytes, position($0), width) << shift) >> shift)
          }))
    case (.unsigned, _):
      return NumPyArray(
        shape: shape, .float64((0..<count).map { Double(bits(bytes, position($0), width)) }))
    case (.boolean, _):
      return NumPyArray(
        shape: shape, .float64((0..<count).map { bytes[position($0)] == 0 ? 0 : 1 }))
    }
  }

  private func bits(_ bytes: [UInt8], _ position: Int, _ width: Int) -> UInt64 {
    var result: UInt64 = 0
    for index in 0..<width {
      let byte = bytes[position + (bigEndian ? index : width - 1 - index)]
      result = result << 8 | UInt64(byte)
    }
    return result
  }

  private func real(_ bytes: [UInt8], _ position: Int, _ width: Int) -> Double {
    let pattern = bits(bytes, position, width)
    return width == 8
      ? Double(bitPattern: pattern) : Double(Float(bitPattern: UInt32(truncatingIfNeeded: pattern)))
  }

  /// For each element in row-major order, where it lies in column-major order.
  private func rowMajorOrder() -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for dimension in 1..<shape.count {
      strides[dimension] = strides[dimension - 1] * shape[dimension - 1]
    }
    var indices = [Int](repeating: 0, count: shape.count)
    var result: [Int] = []
    result.reserveCapacity(count)
    for _ in 0..<count {
      result.append(zip(indices, strides).reduce(0) { $0 + $1.0 * $1.1 })
      var dimension = shape.count - 1
      while dimension >= 0 {
        indices[dimension] += 1
        if indices[dimension] < shape[dimension] { break }
        indices[dimension] = 0
        dimension -= 1
      }
    }
    return result
  }

  /// The whole file of an array.
  static func encode(_ array: NumPyArray) -> [UInt8] {
    let type: String =
      switch array.elements {
      case .float64: "<f8"
      case .float32: "<f4"
      case .complex128: "<c16"
      case .complex64: "<c8"
      }
    let extents = array.shape.map(String.init).joined(separator: ", ")
    let tuple = array.shape.count == 1 ? "(\(extents),)" : "(\(extents))"
    var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(tuple), }"
    // The elements begin at a multiple of 64 bytes, and the header ends with a newline.
    text += String(repeating: " ", count: 63 - (10 + text.utf8.count) % 64) + "\n"
    var bytes = magic + [1, 0, UInt8(text.utf8.count & 255), UInt8(text.utf8.count >> 8)]
    bytes += Array(text.utf8)
    let single = { (value: Double) in
      withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    let double = { (value: Double) in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    switch array.elements {
    case .float64(let values):
      for value in values { double(value) }
    case .float32(let values):
      for value in values { single(Double(value)) }
    case .complex128(let values):
      for value in values {
        double(value.real)
        double(value.imaginary)
      }
    case .complex64(let values):
      for value in values {
        single(value.real)
        single(value.imaginary)
      }
    }
    return bytes
  }
}
