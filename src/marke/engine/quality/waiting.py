"""How long a request waits for one of several people: queues in steady state, on arrays of draws."""

import numpy as np
from scipy.special import gammaincc, gammaln, xlogy

from marke.engine.draws import Floats


def erlang_c(servers: Floats, utilisation: Floats) -> Floats:
    """Chance that a request has to wait in M/M/c: poisson arrivals, exponential times, c equal servers.

    ``servers`` c are whole numbers of at least 1, ``utilisation`` rho lies in [0, 1). With the offered load
    a = c rho, Erlang's loss formula (1917) is B = (a^c / c!) / sum over k to c of a^k / k!, here by the
    regularised incomplete gamma function, and C = B / (1 - rho (1 - B)).
    """
    load = servers * utilisation
    lost = np.exp(xlogy(servers, load) - load - gammaln(servers + 1)) / gammaincc(servers + 1, load)
    return np.asarray(lost / (1 - utilisation * (1 - lost)))


def mean_wait(servers: Floats, utilisation: Floats, remaining: Floats) -> Floats:
    """Mean wait before somebody starts, in the unit of ``remaining``, by Allen and Cunneen (Allen 1990).

    ``remaining`` is E[S^2] / (2 E[S]) of the handling time S: its mean for exponential times. Exact for M/M/c
    (Erlang) and for M/G/1 (Pollaczek and Khinchine); for M/G/c it is M/M/c's wait times (1 + v) / 2, with v
    the squared coefficient of variation of S.
    """
    return np.asarray(erlang_c(servers, utilisation) / (servers * (1 - utilisation)) * remaining)


def mean_remaining(hours: Floats, handling: Floats, variation: Floats) -> Floats:
    """E[S^2] / (2 E[S]) of requests of k kinds together, in hours: shape (D,) from (k, D) each.

    Kind w brings ``hours`` R of work in requests of ``handling`` h hours with squared coefficient of
    variation v. Per request E[S] is sum R / sum (R / h) and E[S^2] is sum R h (1 + v) / sum (R / h).
    """
    work = np.maximum(hours.sum(axis=0), np.finfo(np.float64).tiny)
    return np.asarray((hours * handling * (1 + variation)).sum(axis=0) / (2 * work))
