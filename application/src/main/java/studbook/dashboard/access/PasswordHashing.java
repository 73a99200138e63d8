package studbook.dashboard.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Hashes passwords with Argon2id, with the parameters that OWASP's Password Storage Cheat Sheet
 * recommends: 19 MiB, 2 iterations, 1 lane. One hash is computed at a time, so that many logins
 * take neither the memory nor all processors of a run. Safe for many threads.
 */
public final class PasswordHashing {

  /** Shorter ones are guessed (ASVS 5.0, 6.2.1). */
  public static final int MIN_LENGTH = 12;

  /** Longer ones are refused, since hashing takes time in proportion. */
  public static final int MAX_LENGTH = 256;

  private static final int MEMORY_KIB = 19_456;
  private static final int ITERATIONS = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  /**
   * Loaded with the first password, since the library keeps the memory of a hash: a service at
   * which nobody logs in does without it.
   */
  private static final class OwnHashing {

    private static final Argon2Function FUNCTION =
        Argon2Function.getInstance(MEMORY_KIB, ITERATIONS, LANES, HASH_BYTES, Argon2.ID);

    /** Of no password: verifying a name that does not exist takes as long as one that does. */
    private static final String HASH_OF_NOBODY = hashed("nobody");

    private static String hashed(String password) {
      return Password.hash(password).addRandomSalt(SALT_BYTES).with(FUNCTION).getResult();
    }
  }

  private final Semaphore one = new Semaphore(1, true);

  /** Why a password cannot be used; empty if it can. */
  public static Optional<String> weakness(String password) {
    if (password.length() < MIN_LENGTH) {
      return Optional.of("a password has at least %d characters".formatted(MIN_LENGTH));
    }
    if (password.length() > MAX_LENGTH) {
      return Optional.of("a password has at most %d characters".formatted(MAX_LENGTH));
    }
    return Optional.empty();
  }

  /** The hash in the PHC string format, with a random salt. */
  public String hash(String password) throws InterruptedException {
    one.acquire();
    try {
      return OwnHashing.hashed(password);
    } finally {
      one.release();
    }
  }

  /**
   * Whether a password has the hash.
   *
   * @param hash empty if there is no such user; takes as long
   */
  public boolean matches(String password, Optional<String> hash) throws InterruptedException {
    one.acquire();
    try {
      String known = hash.orElse(OwnHashing.HASH_OF_NOBODY);
      boolean same =
          Password.check(password, known).with(Argon2Function.getInstanceFromHash(known));
      return same && hash.isPresent();
    } finally {
      one.release();
    }
  }
}
