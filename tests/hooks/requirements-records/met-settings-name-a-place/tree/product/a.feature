Feature: Wishes
