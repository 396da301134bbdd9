import io.trino.server.Server;

/** Starts Trino's server, whose own starter is in no registry. It ends when its standard input does, so it never outlives who started it. */
public class Trino {
    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().start(Trino::endWithInput);
        new Server().start("483");
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {}
        }
        catch (java.io.IOException gone) {
        }
        Runtime.getRuntime().halt(0);
    }
}
