public class Search { }
