extension AutoOscillator {
  static let notes = """
    With c the complex amplitude, p = |c|^2 and i the current out of `out`,

        dc/dt = i omega(p) c - [Gamma_+(p) - Gamma_-(p)] c + gain e^(i lag) v(in) + noise
        omega = (1 + detuning) (2 pi f0 + shift p)
        Gamma_+ = gammag (1 + q p),   Gamma_- = zeta gammag (1 - p)
        v(out) = offset + swing Re c - rout i

    The states are Re c and Im c: c turns at the carrier, v(in) and v(out) are the real voltages \
    of the circuit. Both voltages are against ground; `in` draws v(in) / rin. At an operating \
    point, and at the first instant, c stands at sqrt(power) e^(i phase).

    **Sign and halves.** c turns counterclockwise, as e^(i omega t). A voltage V cos(omega t) is \
    half a phasor that turns with c and half one that turns against it; near the carrier the first \
    half alone counts, so that the F of the envelope equation is gain V / 2. The other half moves \
    phase and power at twice the carrier, by parts of gain V / (4 omega).

    ### What follows

    Free, it runs at power p0 = (zeta - 1) / (zeta + q) and frequency f0 + shift p0 / (2 pi), \
    times 1 + detuning. Its power deviations fade at twice Gamma_p = gammag (zeta + q) p0, and \
    nu = (1 + detuning) shift p0 / Gamma_p tells how much they move the phase. A weak voltage \
    V cos(omega t) locks it \
    within (gain V / 2) sqrt(1 + nu^2) / sqrt(p0) rad/s of the free frequency; at its centre Re c \
    leads the voltage by lag + arctan nu. Noise makes the line \
    noise (1 + nu^2) / (4 pi p0) Hz wide at half power.

    `N(YOSC!<name>:x)` and `y` print Re c and Im c, `p` the power; `p0`, `f`, `nu`, `linewidth` \
    and `range` are told below.

    In the energy account it is a source: what leaves `out`, less what enters `in`, is supplied. \
    Noise: `noise` is the rate at which <|c|^2> would grow by noise alone, white and half in each \
    direction; Johnson and Nyquist's of rin and rout.
    """
}
