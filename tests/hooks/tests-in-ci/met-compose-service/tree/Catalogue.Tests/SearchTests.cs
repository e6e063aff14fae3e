public class SearchTests { }
