// our own
struct Json {};
