extension SpinTorqueOscillator {
  static let notes = """
    With m the direction of the free layer, v = v(n+) - v(n-) and I = v G(m, v) the current of one \
    junction,

        dm/dt = -gamma m x B_eff - gamma a_J m x (p x m) - gamma b_J m x p + alpha m x dm/dt
        B_eff = B + B_k (m.k) k - mu0 Ms N m + oe I + lf I_line + B_thermal
        a_J = hbar eta I / (2 e Ms V (1 + lambda m.p)),   b_J = beta a_J
        G = gp [(1 + m.p)/2 + (1 - m.p)/2 / (1 + TMR)],   TMR = tmr0 / (1 + (v/vh)^2)

    **Sign.** Positive current from n+ to n- drives m away from p. `detuning` multiplies dm/dt.

    m = u / |u| of three unknowns u, so |m| = 1 to the last digit however long the run; a radial \
    term that moves no m keeps |u| near 1. At an operating point, and at the first instant, m \
    stands at mx, my, mz; where none is given, a degree beside the applied field (or the easy axis).

    `N(YSTO!<name>:mx)`, `my`, `mz` print the direction and `N(YSTO!<name>:r)` the resistance in \
    ohms; `ic`, `f0` and `stability` are told below. Without capacitors and delays around it, a \
    transient runs several times faster with `.options integrator=explicit`.

    All of v i is heat in the energy account; the magnetic energy, some 1e-18 J, is not in it. \
    Noise in time: Johnson and Nyquist's, and the thermal field of one-sided density \
    4 alpha k T / (gamma Ms V) in each direction (W. F. Brown, Phys. Rev. 130 (1963) 1677).

    ### Its line

    Where field, easy axis and shape are about one axis and p lies across it, m circles at the \
    angle theta to that axis. Averaged over a turn, but for alpha^2,

        omega = gamma [B + (B_k - mu0 Ms N) cos theta]
        dtheta/dt = gamma A cos theta - alpha omega sin theta
        A = hbar eta I / (2 e Ms V) [1/sqrt(1 - (lambda sin theta)^2) - 1] / (lambda sin theta)

    With Gamma the rate at which deviations of theta fade, the slope of -dtheta/dt, the phase \
    diffuses at the rate D, in rad^2/s, and the line is D/(2 pi) Hz wide at half power:

        D = 2 alpha gamma k T / (Ms V (sin theta)^2) (1 + nu^2)
        nu = sin theta (d omega/d theta) / Gamma

    That is Gamma_+ (k T/E) (1 + nu^2) of A. Slavin and V. Tiberkevich, IEEE Trans. Magn. 45 \
    (2009) 1875, at small angles. Both are linear in the noise. Of the memory's neuron at 1.3 \
    times its critical current they agree with `.pss` to 3 %, and at 30 K with noisy runs; at \
    300 K, where theta trembles by 6 degrees, noisy runs diffuse a sixth faster.
    """
}
