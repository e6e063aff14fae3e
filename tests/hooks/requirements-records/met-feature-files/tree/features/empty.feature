Feature: To be written

  Scenario: Later
